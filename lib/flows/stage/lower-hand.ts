import type { Answer, RequestContext } from '../../context.ts';
import type { RequestOf } from '../../contract/operation.ts';
import type { operations } from '../../contract.ts';
import { lowerHandOf } from './lower-hand-of.ts';

type LowerRequest = RequestOf<(typeof operations)['lowerHand']>;

/** Lower the caller's hand. Idempotent. */
export function lowerHand({ externalMeetingId }: LowerRequest, context: RequestContext): Promise<Answer> {
  const { externalUserId } = context.caller;
  return lowerHandOf({ externalMeetingId, externalUserId }, context);
}
