import type { Answer, Call } from '../call.ts';
import type { RequestOf } from '../contract/operation.ts';
import type { operations } from '../contract.ts';
import { lookUpTopology } from './look-up.ts';
import { pageOf } from './page.ts';

type ListRequest = RequestOf<(typeof operations)['listHands']>;

/** The raised hands, oldest first, also those raised before the caller came. */
export async function listHands(request: ListRequest, call: Call): Promise<Answer> {
  const { externalMeetingId, birth } = await lookUpTopology(request.externalMeetingId, call);
  const { listed, next } = await pageOf({ hands: { externalMeetingId, birth } }, request);
  const hands = listed.map(({ externalUserId, at }) => ({ externalUserId, raisedAt: at }));
  return { status: 200, body: { hands, ...next } };
}
