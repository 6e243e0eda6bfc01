import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Position } from '../domain/cursor.ts';
import type { Participant } from '../domain/participant.ts';
import { SHARDS, shardPk } from './keys.ts';
import { TableName, table } from './table.ts';

/** Items of one query: about as many as a response of DynamoDB's holds. */
const MOST_READ = 1000;

export interface RosterPage {
  participants: Participant[];
  /** Absent on the last page. */
  next?: Position;
}

/**
 * The participants of a name in the order of their keys, shard by shard: a page stays where it is, however many
 * join meanwhile. Only those who pass `wanted` count towards the limit.
 */
export async function readRoster(
  externalMeetingId: string,
  from: Position,
  { limit, wanted }: { limit: number; wanted: (participant: Participant) => boolean },
): Promise<RosterPage> {
  const participants: Participant[] = [];
  let position: Position | undefined = from;
  while (position && participants.length < limit) {
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
    Limit: Math.min(Limit, MOST_READ),
    ...(after !== undefined && { ExclusiveStartKey: { pk, sk: after } }),
  });
  const { Items, LastEvaluatedKey } = await table().send(query);
  const following = shard + 1 < SHARDS ? { shard: shard + 1 } : undefined;
  const next = LastEvaluatedKey ? { shard, after: LastEvaluatedKey.sk as string } : following;
  return { items: (Items ?? []) as Participant[], next };
}
