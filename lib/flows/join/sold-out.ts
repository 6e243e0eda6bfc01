import { allSettledOrThrow } from '../../all-settled.ts';
import { perName } from '../../container.ts';
import type { RequestContext } from '../../context.ts';
import { isOnSale, type LiveTopology, type Replica, type Topology } from '../../domain/meeting/topology.ts';
import { type ReplicaKey, replicaKey } from '../../store/keys.ts';
import { hasTickets } from '../../store/replica/tickets.ts';
import { markReplica, putOnSaleAgain } from '../../store/topology/replica-marks.ts';

/** When this container last missed the last ticket of each replica of an epoch (milliseconds since the Unix epoch). */
const lastMissed = perName<{ epoch: string; at: Map<number, number> }>();
/** For so long a container draws no ticket where it missed the last one (milliseconds). */
const REMEMBERED_MS = 200;

/** Remember that a draw in vain showed a replica to be sold out. */
export function noteMissed(topology: Topology, ordinal: number, now: number): void {
  const { externalMeetingId } = topology;
  const epoch = epochOf(topology);
  const before = lastMissed.get(externalMeetingId);
  const missed =
    before?.epoch === epoch ? before : lastMissed.set(externalMeetingId, { epoch, at: new Map() });
  missed.at.set(ordinal, now);
}

const epochOf = ({ incarnation, epoch }: Topology) => `${incarnation} ${epoch}`;

/** The replicas whose last ticket this container missed a moment ago. Other requests of it need not draw in vain too. */
export function missedLately(topology: Topology, now: number): number[] {
  const missed = lastMissed.get(topology.externalMeetingId);
  if (missed?.epoch !== epochOf(topology)) return [];
  return [...missed.at].filter(([, at]) => now - at <= REMEMBERED_MS).map(([ordinal]) => ordinal);
}

/**
 * The drawer of the last ticket marks a replica, as a rule a moment later. If a topology that is read after the miss has no mark, this
 * share of the requests sets it: that request may have died.
 */
const ALSO_MARK = 1 / 8;

/**
 * The topology without the replicas of which a request missed the last ticket a moment ago: these count as sold out. `isFresh`: the
 * topology was read after that. `assumed`: those of them that were not marked when it was read.
 */
export async function withoutMissed(
  topology: LiveTopology,
  { missed, isFresh }: { missed: ReadonlySet<number>; isFresh: boolean },
  { random }: RequestContext,
): Promise<{ topology: LiveTopology; assumed: ReplicaKey[] }> {
  if (missed.size === 0) return { topology, assumed: [] };
  const replicas: Replica[] = [];
  const assumed: ReplicaKey[] = [];
  for (const replica of topology.replicas) {
    const { ordinal } = replica;
    const isUnmarked = missed.has(ordinal) && isOnSale(replica);
    const key = replicaKey(topology, ordinal);
    const marks = isUnmarked && isFresh && random() < ALSO_MARK;
    const isSoldOut = isUnmarked && (!marks || (await markIfSoldOut(topology, key)));
    if (isSoldOut) assumed.push(key);
    replicas.push(isSoldOut ? { ...replica, soldOut: true } : replica);
  }
  return { topology: { ...topology, replicas }, assumed };
}

/**
 * Mark the replica as sold out. A request that returns a ticket or mints seats removes the mark. A ticket may be returned just
 * before the mark is set, so this looks for tickets again afterwards, and removes the mark if it finds one. Returns whether the
 * replica is sold out.
 */
export async function markSoldOut(topology: Topology, key: ReplicaKey): Promise<boolean> {
  await markReplica(topology, key.ordinal, 'soldOut');
  const isOnSale = await hasTickets(key);
  if (isOnSale) await putOnSaleAgain(topology, key.ordinal);
  return !isOnSale;
}

/** The same for a replica that may have tickets again. It is not marked meanwhile: whoever reads the mark refuses viewers. */
async function markIfSoldOut(topology: Topology, key: ReplicaKey): Promise<boolean> {
  return !(await hasTickets(key)) && markSoldOut(topology, key);
}

/**
 * Mark the replicas that were assumed to be sold out, and forget what was missed. A viewer is refused, or a replica opened for them, only
 * by these marks, in a topology that is read after: a ticket may be about to be returned, or the seat that it was drawn for may be
 * this viewer's, on another device.
 */
export async function makeSure(
  topology: Topology,
  assumed: ReplicaKey[],
  missed: Set<number>,
): Promise<void> {
  await allSettledOrThrow(assumed.map((replica) => markIfSoldOut(topology, replica)));
  missed.clear();
}
