import type { Call } from '../../call.ts';
import type { TopologyOptions } from '../../domain/meeting/topology.ts';
import { createTopology } from '../../store/topology/topologies.ts';

/** Chime's default quota of replicas for one primary: https://docs.aws.amazon.com/general/latest/gr/chime-sdk.html */
export const DEFAULT_OPTIONS: TopologyOptions = { maxReplicas: 4, waitForPresenter: true };

/** Make an unknown name known with the defaults, because a host or presenter asked for it. */
export async function makeKnown(externalMeetingId: string, call: Call): Promise<'at-once'> {
  const birth = call.requestId;
  await createTopology({ externalMeetingId, birth, options: DEFAULT_OPTIONS }, call.now());
  return 'at-once';
}
