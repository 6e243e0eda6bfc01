import type { Answer, RequestContext } from '../../context.ts';
import type { RequestOf } from '../../contract/operation.ts';
import type { operations } from '../../contract.ts';
import { epochIn } from '../../domain/meeting/participant.ts';
import { lower } from '../../store/participant/hands.ts';
import { lookUp } from '../shared/context.ts';

type LowerRequest = RequestOf<(typeof operations)['lowerHandOf']>;

/** Lower the hand of a viewer. Idempotent. */
export async function lowerHandOf(request: LowerRequest, context: RequestContext): Promise<Answer> {
  const { externalMeetingId, externalUserId } = request;
  const { topology, participant } = await lookUp(externalMeetingId, externalUserId, context);
  if (participant?.hand)
    await lower({ topology, caller: participant, knownEpoch: epochIn(topology, participant) });
  return { status: 204 };
}
