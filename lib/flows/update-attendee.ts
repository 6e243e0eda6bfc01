import type { Answer, Call } from '../call.ts';
import { updateCapabilities } from '../chime/capabilities.ts';
import { isTrouble, type Trouble } from '../chime/trouble.ts';
import type { RequestOf } from '../contract/operation.ts';
import type { operations } from '../contract.ts';
import { epochIn, heldAttendee, type StagePlace } from '../domain/participant.ts';
import { type ChimeAttendee, primaryMeetingId } from '../domain/topology.ts';
import { Refusal } from '../refusals.ts';
import { changePlace } from '../store/places.ts';
import { checkedCapabilities } from './first-attendee.ts';
import { lookUp } from './look-up.ts';
import { declined, inLine } from './turn.ts';

type UpdateRequest = RequestOf<(typeof operations)['updateAttendee']>;

/** Change what somebody on stage may send and receive, at once. */
export async function updateAttendee(request: UpdateRequest, call: Call): Promise<Answer> {
  const { externalMeetingId, externalUserId, body } = request;
  const { topology, participant } = await lookUp(externalMeetingId, externalUserId, call);
  if (topology.status === 'ended') throw new Refusal('MEETING_ENDED');
  const held = heldAttendee(topology, participant);
  if (!held || !participant) throw new Refusal('NOT_JOINED', { detail: 'They are not on stage.' });
  const subject = { topology, caller: participant, knownEpoch: epochIn(topology, participant) };
  const { capabilities } = body;
  checkedCapabilities(subject, capabilities);
  const { AttendeeId } = held;
  const changed = await updateCapabilities(inLine(call), primaryMeetingId(topology) as string, {
    AttendeeId,
    capabilities,
  });
  if (isTrouble(changed)) throw refusalFor(changed);
  await changePlace(subject, {
    ...(participant.place as StagePlace),
    Attendee: { ...held, ...without(changed) },
  });
  return { status: 200, body: { externalUserId, capabilities } };
}

/** Chime answers with the attendee; the credential that they have stays the one they have. */
function without({ Capabilities }: ChimeAttendee): object {
  return { Capabilities };
}

function refusalFor(trouble: Trouble): Refusal {
  if (trouble === 'gone') return new Refusal('NOT_JOINED', { detail: 'They are not on stage.' });
  if (trouble === 'refused')
    return new Refusal('BAD_REQUEST', { field: 'capabilities', detail: 'Chime refused them' });
  return declined(trouble);
}
