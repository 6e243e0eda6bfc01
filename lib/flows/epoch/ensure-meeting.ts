import type { RequestContext } from '../../context.ts';
import type { TopologyOptions } from '../../domain/meeting/topology.ts';
import { createTopology } from '../../store/topology/topologies.ts';

/**
 * The options of a name that a join creates. `maxReplicas` is Chime's default quota for one primary:
 * https://docs.aws.amazon.com/general/latest/gr/chime-sdk.html
 */
export const DEFAULT_OPTIONS: TopologyOptions = { maxReplicas: 4, waitForPresenter: true };

/**
 * Create the record of a name with the default options, if there is none. A host or presenter may join a name that
 * no `PUT` has created.
 */
export async function ensureMeeting(externalMeetingId: string, context: RequestContext): Promise<void> {
  const incarnation = context.requestId;
  await createTopology({ externalMeetingId, incarnation, options: DEFAULT_OPTIONS }, context.now());
}
