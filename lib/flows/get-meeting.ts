import type { Answer, Call } from '../call.ts';
import type { RequestOf } from '../contract/operation.ts';
import type { operations } from '../contract.ts';
import { lookUpTopology } from './look-up.ts';
import { topologyView } from './topology-view.ts';

type GetRequest = RequestOf<(typeof operations)['getMeeting']>;

/** What stands behind a name now. */
export async function getMeeting({ externalMeetingId }: GetRequest, call: Call): Promise<Answer> {
  return {
    status: 200,
    body: await topologyView(await lookUpTopology(externalMeetingId, call), call.caller),
  };
}
