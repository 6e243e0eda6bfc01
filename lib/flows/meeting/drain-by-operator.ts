import type { MediaRegion } from '../../domain/geo/media-regions.ts';
import type { Topology } from '../../domain/meeting/topology.ts';
import { type Drains, drainsOf } from '../../domain/placement/drains.ts';
import { readDeploymentDrains } from '../../store/deployment-drains.ts';
import * as drains from '../../store/topology/drains.ts';
import { putOnList } from '../../store/topology/due.ts';
import { freshTopology } from '../../store/topology/topologies.ts';
import { regionsElsewhere } from './drain-region.ts';

export interface OperatorDrain {
  externalMeetingId: string;
  mediaRegion: MediaRegion;
  evacuate: boolean;
}

/** `nowhere-else`: no other allowed media region is left. `not-now`: the name is unknown or ended, or is changing. */
export type OperatorOutcome = 'drained' | 'nowhere-else' | 'not-now';

const ATTEMPTS = 3;

/**
 * Drain a media region of one name as an operator, for the reconciler to carry out, which paces its calls to Chime. A host's
 * drain stays the host's, and is not weakened. Idempotent.
 */
export async function drainByOperator(drain: OperatorDrain, now: () => number): Promise<OperatorOutcome> {
  const done = await record(drain, now);
  if (done === 'drained' && drain.evacuate) await putOnList(drain.externalMeetingId, now());
  return done;
}

/** The drains of the deployment that a name lacks, and that would leave it another media region. */
export function missingDrains(topology: Topology, standing: Drains): ReturnType<typeof drainsOf> {
  const { drains: own = {} } = topology;
  return drainsOf({ drains: standing }).filter(
    ({ mediaRegion, evacuate }) =>
      (!own[mediaRegion] || (evacuate && !own[mediaRegion].evacuate)) &&
      regionsElsewhere(topology, mediaRegion) !== undefined,
  );
}

/**
 * Drain a name as the deployment is drained, where it is not yet: the meeting opened after the operator's command. `standing` may
 * be as old as a pass of the reconciler, so it is read again before it is applied: the operator may have lifted it. Returns the
 * topology as it is afterwards.
 */
export async function drainAsDeployment(
  topology: Topology,
  standing: Drains,
  now: () => number,
): Promise<Topology> {
  if (missingDrains(topology, standing).length === 0) return topology;
  const { externalMeetingId } = topology;
  for (const { mediaRegion, evacuate } of drainsOf({ drains: await readDeploymentDrains() }))
    await record({ externalMeetingId, mediaRegion, evacuate }, now);
  return (await freshTopology(externalMeetingId, now())) ?? topology;
}

async function record(drain: OperatorDrain, now: () => number): Promise<OperatorOutcome> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const topology = await freshTopology(drain.externalMeetingId, now());
    if (!topology || topology.status === 'ended') return 'not-now';
    const done = await recorded(topology, drain, now());
    if (done !== 'conflict') return done;
  }
  return 'not-now';
}

async function recorded(
  topology: Topology,
  { mediaRegion, evacuate }: OperatorDrain,
  now: number,
): Promise<OperatorOutcome | 'conflict'> {
  const elsewhere = regionsElsewhere(topology, mediaRegion);
  if (!elsewhere) return 'nowhere-else';
  const before = topology.drains?.[mediaRegion];
  if (before && (before.evacuate || !evacuate)) return 'drained';
  const drain = { mediaRegion, evacuate, by: 'operator', elsewhere } as const;
  return (await drains.setDrain(topology, drain, now)) === 'set' ? 'drained' : 'conflict';
}

/** Lift the drain of a media region of one name, if an operator set it and no host did since. Idempotent. */
export async function liftByOperator({
  externalMeetingId,
  mediaRegion,
}: Omit<OperatorDrain, 'evacuate'>): Promise<'lifted' | 'not-now'> {
  return drains.liftDrain(externalMeetingId, mediaRegion, 'operator');
}
