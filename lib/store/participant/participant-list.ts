import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Position } from '../../domain/access/cursor.ts';
import type { Participant } from '../../domain/meeting/participant.ts';
import { SHARDS, shardPk } from '../keys.ts';
import { TableName, table } from '../table.ts';

/**
 * Items of one query: enough that people who left do not cost a round trip each, and no more than one response
 * holds.
 */
const LEAST_READ = 100;
const MOST_READ = 1000;

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

/**
 * A page of the participants of a name in the order of their keys, shard by shard. A page does not shift while
 * others join. Only participants that pass `wanted` count towards the limit. After `mostReads` queries a page may be
 * short, even empty, and still have a next one.
 */
export async function readParticipantList(
  externalMeetingId: string,
  from: Position,
  { limit, wanted, mostReads = Number.POSITIVE_INFINITY }: ParticipantListRequest,
): Promise<ParticipantPage> {
  const participants: Participant[] = [];
  let position: Position | undefined = from;
  for (let reads = 0; position && participants.length < limit && reads < mostReads; reads++) {
    const { items, next } = await readShard(externalMeetingId, position, limit);
    const fitting = items.filter(wanted).slice(0, limit - participants.length);
    participants.push(...fitting);
    const cutAt = participants.length === limit ? fitting.at(-1)?.externalUserId : undefined;
    position = cutAt ? { shard: position.shard, after: cutAt } : next;
  }
  return { participants, ...(position && { next: position }) };
}

async function readShard(
  externalMeetingId: string,
  { shard, after }: Position,
  Limit: number,
): Promise<{ items: Participant[]; next: Position | undefined }> {
  const pk = shardPk(externalMeetingId, shard);
  const query = new QueryCommand({
    TableName: TableName(),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': pk },
    ConsistentRead: true,
    Limit: Math.min(Math.max(Limit, LEAST_READ), MOST_READ),
    ...(after !== undefined && { ExclusiveStartKey: { pk, sk: after } }),
  });
  const { Items, LastEvaluatedKey } = await table().send(query);
  const following = shard + 1 < SHARDS ? { shard: shard + 1 } : undefined;
  const next = LastEvaluatedKey ? { shard, after: LastEvaluatedKey.sk as string } : following;
  return { items: (Items ?? []) as Participant[], next };
}
