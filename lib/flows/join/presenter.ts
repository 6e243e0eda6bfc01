import { allSettledOrThrow } from '../../all-settled.ts';
import type { Answer, RequestContext } from '../../context.ts';
import { lastEvidenceOf } from '../../domain/meeting/evidence.ts';
import { heldAttendee, type Participant, type StagePlace, seatIn } from '../../domain/meeting/participant.ts';
import { isClaimed, isLive, opensUnattended, type Topology } from '../../domain/meeting/topology.ts';
import { Refusal } from '../../refusals.ts';
import { readParticipant, type Subject } from '../../store/participant/participants.ts';
import { swapPlace } from '../../store/participant/place-swaps.ts';
import { confirmPlace } from '../../store/participant/places.ts';
import { noteAttended } from '../../store/topology/checks.ts';
import { freshTopology } from '../../store/topology/topologies.ts';
import { ensureMeeting } from '../epoch/ensure-meeting.ts';
import { checkPrimary } from '../epoch/verify-primary.ts';
import { giveUpPrimary, isAbandonedInDrain } from '../opening/abandoned-primary.ts';
import { openPrimary, type PrimaryOptions } from '../opening/primary.ts';
import { openUnattended } from '../opening/primary-without-presenter.ts';
import { attendeeOnEntry } from '../seats/first-attendee.ts';
import { leaveOldSeat } from '../seats/leave-seat.ts';
import { admitCaller } from '../shared/admit-caller.ts';
import {
  type Again,
  type Attempt,
  answered,
  RETRY_NOW,
  RETRY_SHORTLY,
  retryUntilAnswered,
} from '../shared/attempt.ts';
import { BOUNDS } from '../shared/bounds.ts';
import { subjectOf } from '../shared/context.ts';
import { type JoinRequest, sessionOf } from '../shared/join-request.ts';
import { settledAttendee } from '../stage/capabilities.ts';
import { enterPrimary } from '../stage/enter.ts';
import { joined, waiting } from './answers.ts';

/**
 * The interval of checks for presenters. They are few, and one who joins again may have lost the meeting, so Chime
 * is asked more often than for viewers.
 */
const STAGE_CHECK_MS = 2000;

/**
 * Join a host or presenter to the stage, and open the primary if there is none. The same person gets the same
 * attendee until they leave, from any number of devices at once.
 */
export async function joinStage(request: JoinRequest, context: RequestContext): Promise<Answer> {
  const startedAt = context.now();
  return retryUntilAnswered(
    context,
    BOUNDS.stage,
    () => attempt(request, context, startedAt),
    (later) => waiting(context, 'opening', later?.retryAfterMs, later?.detail),
  );
}

async function attempt(request: JoinRequest, context: RequestContext, startedAt: number): Promise<Attempt> {
  const { externalMeetingId } = request;
  const [topology, before] = await allSettledOrThrow([
    freshTopology(externalMeetingId, context.now()),
    readParticipant(externalMeetingId, context.caller.externalUserId),
  ]);
  if (topology?.status === 'ended') throw new Refusal('MEETING_ENDED');
  await admitCaller(externalMeetingId, before, context);
  if (!topology) {
    await ensureMeeting(externalMeetingId, context);
    return RETRY_NOW;
  }
  const held = heldAttendee(topology, before);
  if ((await checkPrimary(topology, context, STAGE_CHECK_MS)) === 'moved-on') return RETRY_NOW;
  if (!held || !isLive(topology)) return enterOrOpen(request, { topology, before }, context);
  const subject = { topology, caller: context.caller, knownEpoch: topology.epoch };
  const isUnseen = before !== undefined && lastEvidenceOf(before) < startedAt;
  const session = sessionOf(request, context);
  const confirmed = await confirmPlace(subject, {
    Attendee: held,
    session,
    ...(isUnseen && { now: context.now() }),
  });
  if (confirmed === 'conflict') return RETRY_NOW;
  if ((await noteReturn(topology)) === 'conflict') return RETRY_NOW;
  await leaveOldSeat(subject, seatIn(topology, before), { now: context.now() });
  if ((await stayByRole(subject, before?.place)) === 'conflict') return RETRY_NOW;
  const Attendee = (await settledAttendee(topology, before, context)) ?? held;
  const { Meeting, mediaRegion } = topology.primary;
  const placement = { kind: 'primary', mediaRegion, reason: 'stage' };
  return answered(joined({ topology, session, context }, { Meeting, Attendee, placement }));
}

/**
 * Record that the person is present, whatever events say. `conflict`: the epoch moved on meanwhile, perhaps because
 * the stage was empty.
 */
async function noteReturn(topology: Topology): Promise<'noted' | 'conflict'> {
  return topology.primary?.emptySince === undefined ? 'noted' : noteAttended(topology);
}

/** Keep the place of a promoted viewer who now joins as a presenter, by right of their role. */
async function stayByRole(subject: Subject, place: StagePlace | undefined): Promise<'done' | 'conflict'> {
  if (!place?.promoted) return 'done';
  const { promoted: _, ...byRole } = place;
  return swapPlace(subject, { from: place, to: byRole });
}

async function enterOrOpen(
  { body }: JoinRequest,
  { topology, before }: { topology: Topology; before: Participant | undefined },
  context: RequestContext,
): Promise<Attempt> {
  if (isClaimed(topology.primary, context.now())) return RETRY_SHORTLY;
  const subject = subjectOf({ topology, participant: before }, context);
  const first = attendeeOnEntry(subject, { asked: body.capabilities, participant: before });
  return onStage(subject, { first, mediaRegion: body.mediaRegion }, context);
}

async function onStage(subject: Subject, options: PrimaryOptions, context: RequestContext): Promise<Again> {
  const { topology } = subject;
  if (isLive(topology)) return enterPrimary({ ...subject, topology }, options, context);
  if (isAbandonedInDrain(topology, context))
    return (await giveUpPrimary(topology, context)) === 'given-up' ? RETRY_NOW : RETRY_SHORTLY;
  if (opensUnattended(topology)) return openUnattended(topology, options.mediaRegion, context);
  return openPrimary(subject, options, context);
}
