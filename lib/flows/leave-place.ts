import type { Call } from '../call.ts';
import { deleteAttendee } from '../chime/attendees.ts';
import { isTrouble, type Trouble } from '../chime/trouble.ts';
import { placeIn, type StagePlace } from '../domain/participant.ts';
import { type ChimeAttendee, primaryMeetingId } from '../domain/topology.ts';
import { Refusal } from '../refusals.ts';
import { readParticipant, type Subject } from '../store/participants.ts';
import { dropPlace, putDownPlace, startLeaving } from '../store/places.ts';
import { leaveStage } from '../store/stage.ts';
import { leaseFor } from './answers.ts';
import { findAttendee } from './primary-attendee.ts';
import { turnFor } from './turn.ts';

const LOOKS_AT_MOST = 10;
const BETWEEN_LOOKS_MS = 60;

/**
 * Take somebody off the stage: their attendee is deleted first, then the place is free, then forgotten. In this
 * order a crash leaves a place that is taken for nobody, never an attendee that nobody counts. It is done when
 * this returns, whoever did it; only a place that is being taken at this moment is left alone.
 */
export async function leavePlace(subject: Subject, place: StagePlace | undefined, call: Call): Promise<void> {
  const meetingId = primaryMeetingId(subject.topology);
  if (!place || !meetingId) return;
  await turnFor('DeleteAttendee', call);
  const lease = leaseFor(call);
  if ((await startLeaving(subject, { place, lease, now: call.now() })) === 'lost')
    return seeThemLeave(subject, call);
  const deleted = await deleteTheirs(meetingId, { subject, Attendee: place.Attendee });
  if (deleted !== 'deleted') {
    await putDownPlace(subject, { ...place, state: 'leaving', lease });
    throw new Refusal('UPSTREAM_UNAVAILABLE', { cause: new Error(`Chime: ${deleted}`) });
  }
  await leaveStage(subject.topology, subject.caller.externalUserId);
  await dropPlace(subject, lease);
}

/** Somebody else is at it, or crashed over it: it is not done before their place is gone. */
async function seeThemLeave({ topology, caller }: Subject, call: Call): Promise<void> {
  for (let look = 0; look < LOOKS_AT_MOST; look++) {
    const now = await readParticipant(topology.externalMeetingId, caller.externalUserId);
    if (placeIn(topology, now)?.state !== 'leaving') return;
    await call.pause(BETWEEN_LOOKS_MS * (1 + call.random()));
  }
  throw new Refusal('UPSTREAM_UNAVAILABLE', { detail: 'They are being taken off the stage.' });
}

async function deleteTheirs(
  meetingId: string,
  { subject, Attendee }: { subject: Subject; Attendee: ChimeAttendee | undefined },
): Promise<'deleted' | Trouble> {
  const known = Attendee ?? (await whoeverIsThere(meetingId, subject.caller.externalUserId));
  if (known === undefined) return 'deleted';
  if (isTrouble(known)) return known === 'gone' ? 'deleted' : known;
  return deleteAttendee(meetingId, known.AttendeeId);
}

async function whoeverIsThere(
  meetingId: string,
  externalUserId: string,
): Promise<ChimeAttendee | Trouble | undefined> {
  const found = await findAttendee(meetingId, externalUserId);
  if (found === undefined || typeof found === 'string') return found;
  return 'Attendee' in found ? found.Attendee : undefined;
}
