import type { Answer, RequestContext } from '../../context.ts';
import type { RequestOf } from '../../contract/operation.ts';
import type { operations } from '../../contract.ts';
import { Refusal } from '../../refusals.ts';
import { reopen } from '../../store/topology/epochs.ts';
import { freshTopology } from '../../store/topology/topologies.ts';
import { audienceAfter } from '../epoch/last-audience.ts';
import { teardown } from '../epoch/teardown.ts';
import { admitUnread } from '../shared/admit-caller.ts';
import { type Attempt, answered, RETRY_NOW, retryUntilAnswered } from '../shared/attempt.ts';
import { BOUNDS } from '../shared/bounds.ts';
import { refuseContended } from './contended.ts';
import { topologyView } from './topology-view.ts';

type ReopenRequest = RequestOf<(typeof operations)['reopenMeeting']>;

/**
 * Reopen an ended name with the options that it had. A name that is not ended stays as it is. No Chime meeting is
 * opened. Idempotent: of concurrent requests, one begins the next incarnation, and all return it.
 */
export async function reopenMeeting(
  { externalMeetingId }: ReopenRequest,
  context: RequestContext,
): Promise<Answer> {
  await admitUnread(externalMeetingId, context);
  const attempt = async (): Promise<Attempt> => {
    const topology = await freshTopology(externalMeetingId, context.now());
    if (!topology) throw new Refusal('MEETING_NOT_FOUND');
    if (topology.status !== 'ended')
      return answered({ status: 200, body: await topologyView(topology, context.caller) });
    await teardown(topology, context);
    const lastAudience = await audienceAfter(topology);
    const life = { options: topology.options, incarnation: context.requestId, lastAudience };
    await reopen(topology, life, context.now());
    return RETRY_NOW;
  };
  return retryUntilAnswered(context, BOUNDS.reopen, attempt, refuseContended);
}
