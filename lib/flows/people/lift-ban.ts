import type { Answer, RequestContext } from '../../context.ts';
import type { RequestOf } from '../../contract/operation.ts';
import type { operations } from '../../contract.ts';
import { unban } from '../../store/participant/bans.ts';
import { lookUpTopology } from '../shared/context.ts';

type LiftRequest = RequestOf<(typeof operations)['liftBan']>;

/** Lift a ban, so that the person can join again. A seat from before is not restored. Idempotent. */
export async function liftBan(request: LiftRequest, context: RequestContext): Promise<Answer> {
  const { externalMeetingId } = await lookUpTopology(request.externalMeetingId, context);
  await unban(externalMeetingId, request.externalUserId, context.now());
  return { status: 204 };
}
