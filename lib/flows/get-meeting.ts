import type { Answer, Call } from '../call.ts';
import type { RequestOf } from '../contract/operation.ts';
import type { operations } from '../contract.ts';
import { Refusal } from '../refusals.ts';
import { freshTopology } from '../store/topologies.ts';
import { topologyView } from './topology-view.ts';

type GetRequest = RequestOf<(typeof operations)['getMeeting']>;

/** What stands behind a name now. */
export async function getMeeting({ externalMeetingId }: GetRequest, call: Call): Promise<Answer> {
  const topology = await freshTopology(externalMeetingId, call.now());
  if (!topology) throw new Refusal('MEETING_NOT_FOUND');
  return { status: 200, body: await topologyView(topology) };
}
