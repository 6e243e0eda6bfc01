import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { allSettledOrThrow } from '../../all-settled.ts';
import type { Position } from '../../domain/access/cursor.ts';
import type { Participant } from '../../domain/meeting/participant.ts';
import { PARTICIPANT_SHARDS, shardPk } from '../keys.ts';
import { TableName, table } from '../table.ts';

/**
 * Items of one query: enough that people who left do not cost a round trip each, and no more than one response
 * holds.
 */
const LEAST_READ = 100;
const MOST_READ = 1000;
/** How many shards are read at once at most. */
const AT_ONCE = 16;

export interface ParticipantListRequest {
  limit: number;
  wanted: (participant: Participant) => boolean;
  mostReads?: number;
}

export interface ParticipantPage {
  participants: Participant[];
  /** Absent on the last page. */
  next?: Position;
}

interface Read {
  /** The shard, and where the read began. */
  at: Position;
  items: Participant[];
  /** The sort key of the last item read; absent if the shard has no more. */
  last?: string;
}

/**
 * A page of the participants of a name in the order of their keys, shard by shard. A page does not shift while
 * others join. Only participants that pass `wanted` count towards the limit. After `mostReads` queries a page may be
 * short, even empty, and still have a next one. Shards are read at once: as many as the page has room for, if each has as many
 * people as those before. So a page takes few round trips, and reads little that it has no room for.
 */
export async function readParticipantList(
  externalMeetingId: string,
  from: Position,
  { limit, wanted, mostReads = Number.POSITIVE_INFINITY }: ParticipantListRequest,
): Promise<ParticipantPage> {
  const participants: Participant[] = [];
  let position: Position | undefined = from;
  let each = Number.POSITIVE_INFINITY;
  for (let reads = 0; position && participants.length < limit && reads < mostReads; ) {
    const room = Math.floor((limit - participants.length) / Math.max(each, 1));
    const many = Math.max(1, Math.min(room, AT_ONCE, mostReads - reads, PARTICIPANT_SHARDS - position.shard));
    const shards = await readShards(externalMeetingId, position, { many, limit });
    reads += many;
    for (const read of shards) {
      const fitting = read.items.filter(wanted).slice(0, limit - participants.length);
      participants.push(...fitting);
      each = isWhole(read) ? fitting.length : Number.POSITIVE_INFINITY;
      const cutAt = participants.length === limit ? fitting.at(-1)?.externalUserId : undefined;
      position = nextAfter(read, cutAt);
      if (cutAt !== undefined || read.last !== undefined) break;
    }
  }
  return { participants, ...(position && { next: position }) };
}

/** Whether the read has all people of its shard, so that it tells how many another shard has. */
const isWhole = ({ at, last }: Read) => at.after === undefined && last === undefined;

/** Where the list goes on after this read, of which the page has the people up to `cutAt`, or all. */
function nextAfter({ at: { shard }, last }: Read, cutAt: string | undefined): Position | undefined {
  const after = cutAt ?? last;
  if (after !== undefined) return { shard, after };
  return shard + 1 < PARTICIPANT_SHARDS ? { shard: shard + 1 } : undefined;
}

/** Reads this shard from `after` on, and the shards that follow, at once. */
function readShards(
  externalMeetingId: string,
  from: Position,
  { many, limit }: { many: number; limit: number },
): Promise<Read[]> {
  const positions = Array.from({ length: many }, (_, n) => (n === 0 ? from : { shard: from.shard + n }));
  return allSettledOrThrow(positions.map((at) => readShard(externalMeetingId, at, limit)));
}

async function readShard(externalMeetingId: string, at: Position, Limit: number): Promise<Read> {
  const pk = shardPk(externalMeetingId, at.shard);
  const query = new QueryCommand({
    TableName: TableName(),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': pk },
    ConsistentRead: true,
    Limit: Math.min(Math.max(Limit, LEAST_READ), MOST_READ),
    ...(at.after !== undefined && { ExclusiveStartKey: { pk, sk: at.after } }),
  });
  const { Items, LastEvaluatedKey } = await table().send(query);
  const items = (Items ?? []) as Participant[];
  return { at, items, ...(LastEvaluatedKey && { last: LastEvaluatedKey.sk as string }) };
}
