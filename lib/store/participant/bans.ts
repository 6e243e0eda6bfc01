import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Participant } from '../../domain/meeting/participant.ts';
import { listedAt, listKey, participantKey, shardOf } from '../keys.ts';
import { expiresAt, TableName, table, unlessConflict } from '../table.ts';
import { readParticipant } from './participants.ts';

/**
 * Ban a person, known or not. From then on every write that would admit the person fails its condition, also of
 * requests under way. Returns the record with the ban. Idempotent; the first instant stays.
 */
export async function ban(
  externalMeetingId: string,
  externalUserId: string,
  now: number,
): Promise<Participant> {
  const bannedAt = new Date(now).toISOString();
  const first = await unlessConflict(write(externalMeetingId, externalUserId, bannedAt), 'conflict');
  if (first !== 'conflict') return first;
  return (await readParticipant(externalMeetingId, externalUserId)) as Participant;
}

async function write(
  externalMeetingId: string,
  externalUserId: string,
  bannedAt: string,
): Promise<Participant> {
  const update = new UpdateCommand({
    TableName: TableName(),
    Key: participantKey(externalMeetingId, externalUserId),
    UpdateExpression:
      'SET bannedAt = :at, externalUserId = :user, listKey = :listKey, listedAt = :listedAt REMOVE hand, expiresAt',
    ConditionExpression: 'attribute_not_exists(bannedAt)',
    ExpressionAttributeValues: {
      ':at': bannedAt,
      ':user': externalUserId,
      ':listKey': listKey({ bans: { externalMeetingId } }, shardOf(externalUserId)),
      ':listedAt': listedAt(bannedAt, externalUserId),
    },
    ReturnValues: 'ALL_NEW',
  });
  const { Attributes } = await table().send(update);
  return Attributes as Participant;
}

/** Remove a ban. The record may expire again like any other. Idempotent. */
export async function unban(externalMeetingId: string, externalUserId: string, now: number): Promise<void> {
  const update = new UpdateCommand({
    TableName: TableName(),
    Key: participantKey(externalMeetingId, externalUserId),
    UpdateExpression: 'SET expiresAt = :expiresAt REMOVE bannedAt, listKey, listedAt',
    ConditionExpression: 'attribute_exists(bannedAt)',
    ExpressionAttributeValues: { ':expiresAt': expiresAt(now) },
  });
  await unlessConflict(table().send(update), 'conflict');
}
