import { captionsOf } from '../captions/state.ts';
import type { OpenReplica, Topology } from '../meeting/topology.ts';
import { isLive, isOpen, primaryMeetingId } from '../meeting/topology.ts';
import { remainingReplicas } from '../placement/remaining-replicas.ts';
import type { Derived } from './event.ts';

/** The topology in an item of a stream record. Undefined if the item is not one. */
export function topologyIn(item: Record<string, unknown> | undefined): Topology | undefined {
  if (typeof item?.incarnation !== 'string') return undefined;
  const { replicas = {}, stage = new Set<string>() } = item as { replicas?: object; stage?: Set<string> };
  return { ...(item as unknown as Topology), replicas: Object.values(replicas), stage };
}

/** The events in a change of a topology. `at`: when DynamoDB noted the change (milliseconds since the Unix epoch). */
export function topologyEvents(before: Topology | undefined, after: Topology, at: number): Derived[] {
  return [
    ...closedReplicas(before, after, at),
    ...started(before, after),
    ...live(before, after),
    ...openedReplicas(before, after),
    ...seats(before, after, at),
    ...captions(before, after),
    ...ended(before, after),
  ];
}

const dataOf = ({ incarnation, epoch }: Topology) => ({ incarnation, epoch });

/** The primary of an epoch is open. */
function started(before: Topology | undefined, after: Topology): Derived[] {
  const opened = primaryMeetingId(after);
  if (opened === undefined || (before && primaryMeetingId(before) === opened)) return [];
  const { primary } = after;
  const data = { ...dataOf(after), mediaRegion: primary?.mediaRegion };
  return [{ type: 'epoch.started', subject: [after.incarnation, after.epoch], at: primary?.openedAt, data }];
}

/** The primary is open, and so is the curtain where the meeting has one. */
const isOnAir = (topology: Topology) =>
  isLive(topology) && (topology.options.admission !== 'manual' || topology.liveSince !== undefined);

function live(before: Topology | undefined, after: Topology): Derived[] {
  if (!isOnAir(after) || (before && isOnAir(before))) return [];
  const at = Math.max(after.primary?.openedAt ?? 0, after.liveSince ?? 0) || undefined;
  return [{ type: 'meeting.live', subject: [after.incarnation, after.epoch], at, data: dataOf(after) }];
}

function ended(before: Topology | undefined, after: Topology): Derived[] {
  if (after.status !== 'ended' || before?.status === 'ended') return [];
  return [{ type: 'meeting.ended', subject: [after.incarnation, after.epoch], data: dataOf(after) }];
}

/** Tells the replicas of all epochs apart. */
const nameOf = ({ incarnation, epoch }: Topology, { ordinal, meetingId }: OpenReplica) =>
  [incarnation, epoch, ordinal, meetingId].join('#');

/** The end of a meeting closes its replicas, though they stay on record until they are deleted at Chime. */
const openIn = ({ status, replicas }: Topology) => (status === 'ended' ? [] : replicas.filter(isOpen));

/** The open replicas of one topology that the other does not have. */
function without(topology: Topology, other: Topology | undefined): OpenReplica[] {
  const others = new Set(other && openIn(other).map((replica) => nameOf(other, replica)));
  return openIn(topology).filter((one) => !others.has(nameOf(topology, one)));
}

const replicaEvent = (
  type: 'replica.opened' | 'replica.closed',
  topology: Topology,
  { ordinal, mediaRegion, capacity }: OpenReplica,
  at: number | undefined,
): Derived => ({
  type,
  subject: [topology.incarnation, topology.epoch, ordinal],
  at,
  data: { ...dataOf(topology), ordinal, mediaRegion, capacity },
});

const openedReplicas = (before: Topology | undefined, after: Topology): Derived[] =>
  without(after, before).map((replica) => replicaEvent('replica.opened', after, replica, replica.openedAt));

/** Closed alone, or with the epoch or the meeting that the replica belonged to. */
function closedReplicas(before: Topology | undefined, after: Topology, at: number): Derived[] {
  if (!before) return [];
  return without(before, after).map((replica) =>
    replicaEvent('replica.closed', before, replica, Math.max(at, replica.openedAt ?? 0)),
  );
}

/** Every replica is open, at least one exists, and no further one can be opened. */
function isAtItsLast(topology: Topology, at: number): boolean {
  const { replicas } = topology;
  return (
    isLive(topology) && replicas.length > 0 && replicas.every(isOpen) && remainingReplicas(topology, at) === 0
  );
}

/** All replicas are beyond their soft marks, and no further one can be opened. */
const isShort = (topology: Topology, at: number) =>
  isAtItsLast(topology, at) && topology.replicas.every(({ filling, soldOut }) => filling || soldOut);

/** All replicas are sold out, and no further one can be opened. */
const isFull = (topology: Topology, at: number) =>
  isAtItsLast(topology, at) && topology.replicas.every(({ soldOut }) => soldOut);

function seats(before: Topology | undefined, after: Topology, at: number): Derived[] {
  const subject = [after.incarnation, after.epoch];
  const data = {
    ...dataOf(after),
    replicas: after.replicas.length,
    seats: after.replicas.reduce((sum, { capacity }) => sum + capacity, 0),
  };
  const newly = (is: typeof isShort) => is(after, at) && !(before && is(before, at));
  return [
    ...(newly(isShort) ? [{ type: 'seats.short' as const, subject, data }] : []),
    ...(newly(isFull) ? [{ type: 'meeting.full' as const, subject, data }] : []),
  ];
}

/** What hosts read of captions has changed, while the meeting goes on. */
function captions(before: Topology | undefined, after: Topology): Derived[] {
  if (after.status === 'ended') return [];
  const [was, is] = [before, after].map((topology) => (topology && captionsOf(topology, true)) ?? OFF);
  if (JSON.stringify(was) === JSON.stringify(is)) return [];
  const data = { ...dataOf(after), ...is };
  return [{ type: 'captions.changed', subject: [after.incarnation, after.epoch], data }];
}

const OFF = { state: 'off' };
