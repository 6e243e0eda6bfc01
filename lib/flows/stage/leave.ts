import { allSettledOrThrow } from '../../all-settled.ts';
import type { Limiter } from '../../chime/ask.ts';
import { deleteAttendeeOnce } from '../../chime/attendees.ts';
import { type ChimeFailure, isChimeFailure } from '../../chime/failure.ts';
import type { RequestContext } from '../../context.ts';
import { isLeased, placeIn, type StagePlace } from '../../domain/meeting/participant.ts';
import { type ChimeAttendee, type Lease, primaryMeetingId } from '../../domain/meeting/topology.ts';
import { readParticipant, type Subject } from '../../store/participant/participants.ts';
import { deletePlace, releasePlace, startLeaving } from '../../store/participant/places.ts';
import { leaveStage } from '../../store/topology/stage.ts';
import { type Attempt, answered, RETRY_SHORTLY, retryUntilAnswered } from '../shared/attempt.ts';
import { BOUNDS } from '../shared/bounds.ts';
import { chimeLimiter, declined } from '../shared/chime-quota.ts';
import { leaseFor, orWhenLeaseEnds, underLease } from '../shared/lease.ts';
import { noteStageLeft } from '../shared/ledger.ts';
import { untilDeleted } from '../shared/until-deleted.ts';
import { findAttendee } from './attendee.ts';

/**
 * `under-way`: the removal has begun, and no join is answered with the place. Another request or the reconciler
 * finishes it.
 */
type LeaveOutcome = 'left' | 'under-way' | ChimeFailure;

/**
 * Take a person off the stage. The attendee is deleted first, then the stage entry, then the place. In this order a
 * crash leaves a place without an attendee, never an attendee that is not counted. When this returns, the removal is
 * done, by this request or another. Only a place that is being claimed right now is left alone.
 */
export async function leavePlace(
  subject: Subject,
  place: StagePlace | undefined,
  context: RequestContext,
): Promise<void> {
  throwUnlessLeft(await leave(subject, { place }, context));
}

/** The same, and from then on a viewer does not return to the stage by joining again. */
export async function leavePlaceForGood(
  subject: Subject,
  place: StagePlace | undefined,
  context: RequestContext,
): Promise<void> {
  throwUnlessLeft(await leave(subject, { place, forGood: true }, context));
}

function throwUnlessLeft(outcome: LeaveOutcome): void {
  if (outcome !== 'left') throw declined(outcome === 'under-way' ? 'rate-limited' : outcome);
}

/**
 * Take the caller off the stage, at their own request. If no permit is free because many leave at once, it is enough
 * that the removal has begun: the reconciler deletes the attendee. With `sessionId` a person who joined since keeps
 * the place.
 */
export async function leaveOwnPlace(
  subject: Subject,
  { place, sessionId }: { place: StagePlace | undefined; sessionId: string | undefined },
  context: RequestContext,
): Promise<void> {
  const outcome = await leave(subject, { place, sessionId }, context);
  const isBegun = outcome === 'left' || outcome === 'under-way' || outcome === 'rate-limited';
  if (!isBegun) throw declined(outcome);
}

interface Leaving {
  place: StagePlace | undefined;
  /** With it, the person leaves only if they have not joined since. */
  sessionId?: string | undefined;
  /** The person does not return to the stage by joining again. */
  forGood?: boolean;
}

async function leave(
  subject: Subject,
  { place, sessionId, forGood }: Leaving,
  context: RequestContext,
): Promise<LeaveOutcome> {
  if (!place || !primaryMeetingId(subject.topology)) return 'left';
  const lease = leaseFor(context);
  const leaving = { place, lease, now: context.now(), sessionId, forGood };
  if ((await startLeaving(subject, leaving)) === 'conflict') return waitUntilGone(subject, context);
  return leaveClaimed(subject, { place, lease }, context);
}

/**
 * Take a person off the stage whose place is in state `leaving` under this lease. Unfinished steps are left to the
 * next request or the reconciler.
 */
export async function leaveClaimed(
  subject: Subject,
  { place, lease }: { place: StagePlace; lease: Lease },
  context: RequestContext,
): Promise<LeaveOutcome> {
  const meetingId = primaryMeetingId(subject.topology);
  if (!meetingId) return 'left';
  const work = () => takeOff(subject, { meetingId, place, lease }, context);
  return underLease(lease, context, work).catch(orWhenLeaseEnds('under-way' as const));
}

async function takeOff(
  subject: Subject,
  { meetingId, place, lease }: { meetingId: string; place: StagePlace; lease: Lease },
  context: RequestContext,
): Promise<LeaveOutcome> {
  const deleted = await deleteStageAttendee(meetingId, { subject, Attendee: place.Attendee }, context);
  if (deleted !== 'deleted') {
    await releasePlace(subject, { ...place, state: 'leaving', lease });
    return deleted;
  }
  await allSettledOrThrow([
    leaveStage(subject.topology, subject.caller.externalUserId),
    noteStageLeft(subject, place, context.now()),
  ]);
  await deletePlace(subject, lease);
  return 'left';
}

/**
 * Wait for another request that removes this person: the removal is done only when the place is gone. That request
 * may have crashed or released its lease.
 */
async function waitUntilGone({ topology, caller }: Subject, context: RequestContext): Promise<LeaveOutcome> {
  const look = async (): Promise<Attempt<LeaveOutcome>> => {
    const now = await readParticipant(topology.externalMeetingId, caller.externalUserId);
    const place = placeIn(topology, now);
    if (place?.state !== 'leaving') return answered('left');
    return isLeased(place, context.now()) ? RETRY_SHORTLY : answered('under-way');
  };
  return retryUntilAnswered(context, BOUNDS.removal, look, () => 'under-way');
}

async function deleteStageAttendee(
  meetingId: string,
  { subject, Attendee }: { subject: Subject; Attendee: ChimeAttendee | undefined },
  context: RequestContext,
): Promise<'deleted' | ChimeFailure> {
  const limiter = chimeLimiter(context, 'long');
  return untilDeleted(subject.topology, context, async () => {
    const known = Attendee ?? (await attendeeOf(limiter, meetingId, subject.caller.externalUserId));
    if (known === undefined) return 'deleted';
    return isChimeFailure(known) ? known : deleteAttendeeOnce(limiter, meetingId, known.AttendeeId);
  });
}

async function attendeeOf(
  limiter: Limiter,
  meetingId: string,
  externalUserId: string,
): Promise<ChimeAttendee | ChimeFailure | undefined> {
  const found = await findAttendee(limiter, meetingId, externalUserId);
  return found === undefined || isChimeFailure(found) ? found : found.Attendee;
}
