import type { Call } from '../../call.ts';
import type { Line } from '../../chime/ask.ts';
import { deleteAttendee } from '../../chime/attendees.ts';
import { isTrouble, type Trouble } from '../../chime/trouble.ts';
import { placeIn, type StagePlace } from '../../domain/meeting/participant.ts';
import { type ChimeAttendee, type Lease, primaryMeetingId } from '../../domain/meeting/topology.ts';
import { readParticipant, type Subject } from '../../store/participant/participants.ts';
import { dropPlace, putDownPlace, startLeaving } from '../../store/participant/places.ts';
import { leaveStage } from '../../store/topology/stage.ts';
import { declined, inLine } from '../shared/chime-quota.ts';
import { leaseFor, orWhenLeaseEnds, underLease } from '../shared/lease.ts';
import { findAttendee } from './attendee.ts';

/** Whoever is at it may stand in line for seconds. */
const LOOKS_AT_MOST = 30;
const BETWEEN_LOOKS_MS = 80;

/** `under-way`: it is begun, and the place answers no join any more; somebody else is at it, or the sweep will be. */
type Left = 'left' | 'under-way' | Trouble;

/**
 * Take somebody off the stage: their attendee is deleted first, then the place is free, then forgotten. In this
 * order a crash leaves a place that is taken for nobody, never an attendee that nobody counts. It is done when
 * this returns, whoever did it; only a place that is being taken at this moment is left alone.
 */
export async function leavePlace(subject: Subject, place: StagePlace | undefined, call: Call): Promise<void> {
  const left = await leave(subject, { place }, call);
  if (left !== 'left') throw declined(left === 'under-way' ? 'no-turn' : left);
}

/**
 * The same for somebody who leaves of their own accord. Where so many leave at once that there is no turn for them, it is
 * enough that it is begun: the sweep deletes the attendee, which until then is a place taken for nobody. With `sessionId` a person who
 * joined since keeps the place.
 */
export async function leaveOwnPlace(
  subject: Subject,
  { place, sessionId }: { place: StagePlace | undefined; sessionId: string | undefined },
  call: Call,
): Promise<void> {
  const left = await leave(subject, { place, sessionId }, call);
  const isBegun = left === 'left' || left === 'under-way' || left === 'no-turn';
  if (!isBegun) throw declined(left);
}

interface Leaving {
  place: StagePlace | undefined;
  /** The person leaves only if they have not joined since. */
  sessionId?: string | undefined;
}

async function leave(subject: Subject, { place, sessionId }: Leaving, call: Call): Promise<Left> {
  if (!place || !primaryMeetingId(subject.topology)) return 'left';
  const lease = leaseFor(call);
  if ((await startLeaving(subject, { place, lease, now: call.now(), sessionId })) === 'lost')
    return seeThemLeave(subject, call);
  return leaveClaimed(subject, { place, lease }, call);
}

/** Take a person off the stage whose place is being left under this lease. What is not done is left to the next request, or the sweep. */
export async function leaveClaimed(
  subject: Subject,
  { place, lease }: { place: StagePlace; lease: Lease },
  call: Call,
): Promise<Left> {
  const meetingId = primaryMeetingId(subject.topology);
  if (!meetingId) return 'left';
  const work = () => takeOff(subject, { meetingId, place, lease }, call);
  return underLease(lease, call, work).catch(orWhenLeaseEnds('under-way' as const));
}

async function takeOff(
  subject: Subject,
  { meetingId, place, lease }: { meetingId: string; place: StagePlace; lease: Lease },
  call: Call,
): Promise<Left> {
  const deleted = await deleteTheirs(meetingId, { subject, Attendee: place.Attendee }, call);
  if (deleted !== 'deleted') {
    await putDownPlace(subject, { ...place, state: 'leaving', lease });
    return deleted;
  }
  await leaveStage(subject.topology, subject.caller.externalUserId);
  await dropPlace(subject, lease);
  return 'left';
}

/** Somebody else is at it, or crashed over it, or put it down: it is not done before their place is gone. */
async function seeThemLeave({ topology, caller }: Subject, call: Call): Promise<Left> {
  for (let look = 0; look < LOOKS_AT_MOST; look++) {
    const now = await readParticipant(topology.externalMeetingId, caller.externalUserId);
    const place = placeIn(topology, now);
    if (place?.state !== 'leaving') return 'left';
    if ((place.lease?.until ?? 0) <= call.now()) break;
    await call.pause(BETWEEN_LOOKS_MS * (1 + call.random()));
  }
  return 'under-way';
}

async function deleteTheirs(
  meetingId: string,
  { subject, Attendee }: { subject: Subject; Attendee: ChimeAttendee | undefined },
  call: Call,
): Promise<'deleted' | Trouble> {
  const line = inLine(call, 'long');
  const known = Attendee ?? (await whoeverIsThere(line, meetingId, subject.caller.externalUserId));
  if (known === undefined) return 'deleted';
  if (isTrouble(known)) return known === 'gone' ? 'deleted' : known;
  return deleteAttendee(line, meetingId, known.AttendeeId);
}

async function whoeverIsThere(
  line: Line,
  meetingId: string,
  externalUserId: string,
): Promise<ChimeAttendee | Trouble | undefined> {
  const found = await findAttendee(line, meetingId, externalUserId);
  return found === undefined || isTrouble(found) ? found : found.Attendee;
}
