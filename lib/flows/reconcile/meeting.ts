import type { Call } from '../../call.ts';
import {
  isAbandoned,
  isClaimed,
  type Replica,
  replicasLeft,
  type Topology,
  takesPlace,
} from '../../domain/meeting/topology.ts';
import { forgetMeetings, openEpochClaimed } from '../../store/topology/epochs.ts';
import { claimPrimary } from '../../store/topology/primary-claims.ts';
import { freshTopology } from '../../store/topology/topologies.ts';
import { endIfEmpty } from '../epoch/end-if-empty.ts';
import { teardown } from '../epoch/teardown.ts';
import { checkPrimary } from '../epoch/verify-primary.ts';
import { mayOpenIn, openPlanned } from '../opening/forecast.ts';
import { openReplica } from '../opening/replica.ts';
import { undoReplica } from '../opening/undo-replica.ts';
import { leaseFor, underLease } from '../shared/lease.ts';
import { deleteLeftovers, leavePrimaryBehind } from '../shared/leftovers.ts';
import { sweepReplicas } from './replicas.ts';
import { sweepSeats } from './seats.ts';
import { sweepStage } from './stage.ts';

/** How often a live name is looked at (milliseconds): a little less than the schedule's minute, so that none is missed. */
const EVERY_MS = 50_000;
/** How long it works on one host's forecast before it goes on to the next name (milliseconds). */
const PLAN_MS = 10_000;

/** Make the records of one name true again. Gives when to look next; `never` once it has no meetings. */
export async function sweepTopology(externalMeetingId: string, call: Call): Promise<number | 'never'> {
  const topology = await freshTopology(externalMeetingId, call.now());
  if (!topology) return 'never';
  const next = await sweepByStatus(topology, call);
  const leftovers = await deleteLeftovers(topology, call);
  return next === 'never' && leftovers === 'some-remain' ? call.now() + EVERY_MS : next;
}

async function sweepByStatus(topology: Topology, call: Call): Promise<number | 'never'> {
  if (topology.status === 'ended') return sweepEnded(topology, call);
  if (topology.status === 'scheduled') return sweepScheduled(topology, call);
  await sweepLive(topology, call);
  return call.now() + EVERY_MS;
}

async function sweepEnded(topology: Topology, call: Call): Promise<'never'> {
  await teardown(topology, call);
  await forgetMeetings(topology);
  return 'never';
}

/**
 * No request came back to finish opening the primary. The claim is taken over, so that a presenter who comes back now waits; then
 * the next epoch begins, so that no request can publish the old meeting; only then is it deleted, as a leftover.
 */
async function sweepScheduled(topology: Topology, call: Call): Promise<number | 'never'> {
  const { primary } = topology;
  if (isClaimed(primary, call.now())) return primary?.lease?.until ?? call.now();
  if (!primary || !isAbandoned(primary, call.now())) return 'never';
  const { mediaRegion, unattended } = primary;
  const claim = { mediaRegion, lease: leaseFor(call), ...(unattended && { unattended }) };
  if ((await claimPrimary(topology, claim, call.now())) === 'lost') return call.now() + EVERY_MS;
  await underLease(claim.lease, call, async () => {
    await leavePrimaryBehind(topology, { mediaRegion }, call);
    await openEpochClaimed(topology, claim.lease);
  });
  return 'never';
}

/** That Chime refuses to open something is told at the end, and keeps nothing else from being put right. */
async function sweepLive(topology: Topology, call: Call): Promise<void> {
  if ((await checkPrimary(topology, call)) === 'moved-on') return;
  if ((await endIfEmpty(topology, call)) === 'ended') return;
  try {
    await finishOpening(topology, call);
  } finally {
    await sweepReplicas(topology, call);
    await sweepStage(topology, call);
    await sweepSeats(topology, call);
  }
}

/** What a crash left half open, and what a host expects. */
async function finishOpening(topology: Topology, call: Call): Promise<void> {
  const unfinished = topology.replicas.filter((replica) => isAbandoned(replica, call.now()));
  for (const replica of unfinished)
    if (mayOpenIn(topology, replica.mediaRegion, call.now())) await finishOrUndo(topology, replica, call);
  await openPlanned(topology.externalMeetingId, call.now() + PLAN_MS, call);
}

async function finishOrUndo(topology: Topology, replica: Replica, call: Call): Promise<void> {
  const now = (await freshTopology(topology.externalMeetingId, call.now())) ?? topology;
  const hasPlace = takesPlace(replica) || replicasLeft(now, call.now()) > 0;
  await (hasPlace ? openReplica(topology, replica, call) : undoReplica(topology, replica, call));
}
