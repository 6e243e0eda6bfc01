import { allSettledOrThrow } from '../../all-settled.ts';
import type { RequestContext } from '../../context.ts';
import { openingsAtOnce } from '../../domain/crowd/crowd.ts';
import { verdictOn } from '../../domain/meeting/leftovers.ts';
import { nextOrdinal } from '../../domain/meeting/ordinals.ts';
import {
  isLive,
  isOpen,
  type LiveTopology,
  type OpenReplica,
  type Topology,
} from '../../domain/meeting/topology.ts';
import { drainsOf } from '../../domain/placement/drains.ts';
import {
  type Evacuation,
  type EvacuationStep,
  evacuationStep,
  leavingReplicas,
  type Seats,
} from '../../domain/placement/evacuation.ts';
import { settings } from '../../settings.ts';
import { replicaKey } from '../../store/keys.ts';
import { readArrivals } from '../../store/replica/arrivals.ts';
import { closeSeats, readSeats } from '../../store/replica/seats.ts';
import { retireEvacuated } from '../../store/topology/drains.ts';
import { freshTopology } from '../../store/topology/topologies.ts';
import { noteReplica } from '../shared/ledger.ts';
import { deleteLeftover, leaveReplicaBehind } from '../shared/leftovers.ts';
import { seatsIn } from '../shared/seats.ts';
import { waitMs } from './forecast.ts';
import { paceOf, seatsEach } from './pace.ts';
import { openReplicas } from './replica.ts';

/** The pause while other requests open replicas, or media regions cool down (milliseconds). */
const OTHERS_WORK_MS = 250;

/**
 * Move the viewers of a name out of the media regions that are drained with `evacuate`, step by step, until that is done or
 * time is up. Each step is decided from a fresh read and may be lost: a later call, or the reconciler, continues.
 */
export async function evacuate(
  externalMeetingId: string,
  until: number,
  context: RequestContext,
): Promise<void> {
  while (context.now() < until) {
    const topology = await freshTopology(externalMeetingId, context.now());
    if (!isLive(topology) || !drainsOf(topology).some((drain) => drain.evacuate)) return;
    const step = evacuationStep(topology, await evacuationOf(topology, context));
    if (step.kind === 'done') return;
    const wait = await carryOut(topology, step, context);
    if (context.now() + wait >= until) return;
    if (wait > 0) await context.pause(wait);
  }
}

async function evacuationOf(topology: LiveTopology, context: RequestContext): Promise<Evacuation> {
  const { controlRegion } = settings();
  const leaving = leavingReplicas(topology, controlRegion).map(({ ordinal }) => ordinal);
  return {
    controlRegion,
    now: context.now(),
    seats: await readOpenSeats(topology),
    homes: await readArrivals(topology, leaving),
    seatsEach: seatsEach(topology),
    atOnce: openingsAtOnce(paceOf(topology)),
  };
}

/** The seats of the open replicas, by ordinal. */
async function readOpenSeats(topology: Topology): Promise<Map<number, Seats>> {
  const open = topology.replicas.filter(isOpen);
  return seatsIn(await readSeats(open.map(({ ordinal }) => replicaKey(topology, ordinal))));
}

/** Carry out one step. Returns how long to wait before the next one (milliseconds). */
async function carryOut(
  topology: LiveTopology,
  step: Exclude<EvacuationStep, { kind: 'done' }>,
  context: RequestContext,
): Promise<number> {
  if (step.kind === 'wait') return OTHERS_WORK_MS;
  if (step.kind === 'retire') {
    await retire(topology, step, context);
    return 0;
  }
  return Math.min(...(await openReplicas(topology, step.openings, context)).map(waitMs));
}

/**
 * Delete one replica: record it as a leftover, remove it from the topology, close its seats, and delete it at Chime. From the
 * removal on its seats are void, and its viewers find another one when they join again. After a conflict it is deleted only
 * if the topology does not name it any more: a host may have lifted the drain, or the SDK repeated our write.
 */
async function retire(
  topology: LiveTopology,
  { replica, owes }: { replica: OpenReplica; owes: boolean },
  context: RequestContext,
): Promise<void> {
  const { ordinal, mediaRegion, meetingId } = replica;
  const leftover = await leaveReplicaBehind(topology, { place: ordinal, mediaRegion, meetingId }, context);
  const owed = { epoch: topology.epoch, from: nextOrdinal(topology), at: context.now() };
  if ((await retireEvacuated(topology, replica, owes ? owed : undefined)) === 'conflict') {
    const now = await freshTopology(topology.externalMeetingId, context.now());
    if (verdictOn(leftover, now, context.now()) !== 'delete') return;
  }
  await allSettledOrThrow([
    closeSeats(replicaKey(topology, ordinal)),
    noteReplica(topology, replica, 'ended', context.now()),
  ]);
  await deleteLeftover(topology, leftover, context);
}
