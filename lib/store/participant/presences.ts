import { GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Participant } from '../../domain/meeting/participant.ts';
import { type Presence, RANK } from '../../domain/meeting/presence.ts';
import { all, any, when } from '../conditions.ts';
import { participantKey, seatKey } from '../keys.ts';
import { TableName, table, unlessConflict } from '../table.ts';

type Key = { pk: string; sk: string };

/** The key of the viewer who holds this seat; undefined if it is free. */
export async function holderOfSeat(meetingId: string, seat: number): Promise<Key | undefined> {
  const query = new QueryCommand({
    TableName: TableName(),
    IndexName: 'bySeat',
    KeyConditionExpression: 'seatKey = :seatKey',
    ExpressionAttributeValues: { ':seatKey': seatKey(meetingId, seat) },
    Limit: 1,
  });
  const { Items } = await table().send(query);
  const holder = Items?.[0];
  return holder && { pk: holder.pk as string, sk: holder.sk as string };
}

/** The key of a person's record, by their own user id. */
export const keyOf = (externalMeetingId: string, externalUserId: string): Key =>
  participantKey(externalMeetingId, externalUserId);

/**
 * Apply an event about a person's connection, unless a later one was applied. Events commute and are idempotent: the
 * record ends up the same in any order. An event of a `seat` applies only to the viewer who holds it, because the
 * index may still name a previous holder. Returns the record of that person, also if a later event was applied before;
 * undefined if there is none.
 */
export async function applyPresence(
  Key: Key,
  presence: Presence,
  of: { seat?: number } | 'stage' = {},
): Promise<Participant | undefined> {
  const name = of === 'stage' ? 'stagePresence' : 'presence';
  const seat = of === 'stage' ? undefined : of.seat;
  const held = seat === undefined ? undefined : seatKey(presence.meetingId, seat);
  const isTheirs =
    held === undefined
      ? 'attribute_exists(pk)'
      : { expression: 'seatKey = :seatKey', values: { ':seatKey': held } };
  const isLater = `attribute_not_exists(${name}) OR ${name}.#at < :at`;
  const breaksTie = `${name}.#at = :at AND ${name}.#rank < :rank`;
  const rank = RANK[presence.state];
  const update = new UpdateCommand({
    TableName: TableName(),
    Key,
    UpdateExpression: `SET ${name} = :presence`,
    ...when(all(isTheirs, any(isLater, breaksTie)), {
      names: { '#at': 'at', '#rank': 'rank' },
      values: { ':presence': { ...presence, rank }, ':at': presence.at, ':rank': rank },
    }),
    ReturnValues: 'ALL_NEW',
  });
  const written = await unlessConflict(table().send(update), 'conflict');
  if (written !== 'conflict') return written.Attributes as unknown as Participant;
  const { Item } = await table().send(new GetCommand({ TableName: TableName(), Key, ConsistentRead: true }));
  return held === undefined || Item?.seatKey === held ? (Item as Participant | undefined) : undefined;
}
