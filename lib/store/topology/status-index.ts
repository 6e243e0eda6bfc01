import { createHash } from 'node:crypto';
import { startsAt, type Topology } from '../../domain/meeting/topology.ts';
import { listedAt, statusKey } from '../keys.ts';

/** The names with one status are spread over this many partitions of the index that lists them. */
export const STATUS_SHARDS = 8;

/**
 * The part of a SET that moves a name to the list of another status, in the write that changes the status. Its position is set
 * where it is missing: in an item that was written before the index existed. Use with `listedUnder`.
 */
export const toStatusList = 'statusShard = :statusShard, statusAt = if_not_exists(statusAt, :statusAt)';

/** The values of a name in the list of a status. `at`: when its event starts, or else when this incarnation began. */
export const listedUnder = (status: Topology['status'], externalMeetingId: string, at: number) => ({
  ':statusShard': statusKey(status, shardOf(externalMeetingId)),
  ':statusAt': statusPosition(externalMeetingId, at),
});

/** The position of a name in the list of its status. */
export const statusPosition = (externalMeetingId: string, at: number): string =>
  listedAt(new Date(at).toISOString(), externalMeetingId);

/** The time by which a name is listed (milliseconds since the Unix epoch). */
export const listedFrom = (topology: Pick<Topology, 'options' | 'incarnatedAt'>): number =>
  startsAt(topology) || topology.incarnatedAt;

const shardOf = (externalMeetingId: string) =>
  (createHash('sha256').update(externalMeetingId).digest()[0] ?? 0) % STATUS_SHARDS;
