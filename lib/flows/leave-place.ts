import type { Call } from '../call.ts';
import { deleteAttendee } from '../chime/attendees.ts';
import { isTrouble, type Trouble } from '../chime/trouble.ts';
import type { StagePlace } from '../domain/participant.ts';
import { type ChimeAttendee, primaryMeetingId } from '../domain/topology.ts';
import { Refusal } from '../refusals.ts';
import type { Subject } from '../store/participants.ts';
import { dropPlace, startLeaving } from '../store/places.ts';
import { leaveStage } from '../store/stage.ts';
import { leaseFor } from './answers.ts';
import { findAttendee } from './primary-attendee.ts';
import { turnFor } from './turn.ts';

/**
 * Take somebody off the stage: their attendee is deleted first, then the place is free, then forgotten. In this
 * order a crash leaves a place that is taken for nobody, never an attendee that nobody counts.
 */
export async function leavePlace(subject: Subject, place: StagePlace | undefined, call: Call): Promise<void> {
  const meetingId = primaryMeetingId(subject.topology);
  if (!place || !meetingId) return;
  const lease = leaseFor(call);
  if ((await startLeaving(subject, { place, lease, now: call.now() })) === 'lost') return;
  const deleted = await deleteTheirs(meetingId, { subject, Attendee: place.Attendee }, call);
  if (deleted !== 'deleted')
    throw new Refusal('UPSTREAM_UNAVAILABLE', { cause: new Error(`Chime: ${deleted}`) });
  await leaveStage(subject.topology, subject.caller.externalUserId);
  await dropPlace(subject, lease);
}

async function deleteTheirs(
  meetingId: string,
  { subject, Attendee }: { subject: Subject; Attendee: ChimeAttendee | undefined },
  call: Call,
): Promise<'deleted' | Trouble> {
  const known = Attendee ?? (await whoeverIsThere(meetingId, subject.caller.externalUserId));
  if (known === undefined) return 'deleted';
  if (isTrouble(known)) return known === 'gone' ? 'deleted' : known;
  await turnFor('DeleteAttendee', call);
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
