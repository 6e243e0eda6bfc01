import type { RequestContext } from '../../context.ts';
import type { TopologyOptions } from '../../domain/meeting/topology.ts';
import { createTopology } from '../../store/topology/topologies.ts';

/** Chime's default quota of replicas for one primary: https://docs.aws.amazon.com/general/latest/gr/chime-sdk.html */
export const DEFAULT_OPTIONS: TopologyOptions = { maxReplicas: 4, waitForPresenter: true };

/** Create the record of an unknown name with the default options, because a host or presenter joins it. */
export async function ensureMeeting(externalMeetingId: string, context: RequestContext): Promise<void> {
  const incarnation = context.requestId;
  await createTopology({ externalMeetingId, incarnation, options: DEFAULT_OPTIONS }, context.now());
}
