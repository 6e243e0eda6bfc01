import type { Answer, RequestContext } from '../../context.ts';
import type { RequestOf } from '../../contract/operation.ts';
import type { operations } from '../../contract.ts';
import { epochIn } from '../../domain/meeting/participant.ts';
import { lower } from '../../store/participant/hands.ts';
import { lookUp } from '../shared/context.ts';

type LowerRequest = RequestOf<(typeof operations)['lowerHand']>;

/** Lower the caller's hand. Idempotent. */
export async function lowerHand(
  { externalMeetingId }: LowerRequest,
  context: RequestContext,
): Promise<Answer> {
  const { topology, participant } = await lookUp(externalMeetingId, context.caller.externalUserId, context);
  if (participant?.hand)
    await lower({ topology, caller: context.caller, knownEpoch: epochIn(topology, participant) });
  return { status: 204 };
}
