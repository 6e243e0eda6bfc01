import type { Answer, Call } from '../call.ts';
import type { RequestOf } from '../contract/operation.ts';
import type { operations } from '../contract.ts';
import type { Topology } from '../domain/topology.ts';
import { Refusal } from '../refusals.ts';
import { fenceOff } from '../store/epochs.ts';
import { freshTopology } from '../store/topologies.ts';
import { admitUnread } from './admit-caller.ts';
import { clearMeetings } from './clear-meetings.ts';

type EndRequest = RequestOf<(typeof operations)['endMeeting']>;

/**
 * End the meeting for all. First the fence: nothing is opened, entered or published from then on. Then Chime's
 * meetings are ended. A crash in between is finished by repeating it.
 */
export async function endMeeting({ externalMeetingId }: EndRequest, call: Call): Promise<Answer> {
  await admitUnread(externalMeetingId, call);
  if ((await fenceOff(externalMeetingId, call.now())) === 'unknown-name')
    throw new Refusal('MEETING_NOT_FOUND');
  await clearMeetings((await freshTopology(externalMeetingId, call.now())) as Topology, call);
  return { status: 204 };
}
