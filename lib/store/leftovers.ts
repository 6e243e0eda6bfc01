import { DeleteCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Leftover } from '../domain/meeting/leftovers.ts';
import type { Topology } from '../domain/meeting/topology.ts';
import { leftoversPk } from './keys.ts';
import { expiresAt, TableName, table } from './table.ts';
import { putOnList } from './topology/due.ts';

const keyOf = ({ externalMeetingId }: Pick<Topology, 'externalMeetingId'>, leftover: Leftover) => ({
  pk: leftoversPk(externalMeetingId),
  sk: `${leftover.incarnation}#${leftover.epoch}#${leftover.place}`,
});

/**
 * Record a Chime meeting that may exist although no other record will name it. Call this before the write that
 * removes the last reference, so that a crash in between loses nothing. The name becomes due for the reconciler at
 * once. Idempotent.
 */
export async function rememberLeftover(
  topology: Pick<Topology, 'externalMeetingId'>,
  leftover: Leftover,
  now: number,
): Promise<void> {
  const update = new UpdateCommand({
    TableName: TableName(),
    Key: keyOf(topology, leftover),
    UpdateExpression: 'SET leftover = :leftover, expiresAt = :expiresAt',
    ExpressionAttributeValues: { ':leftover': leftover, ':expiresAt': expiresAt(now) },
  });
  await table().send(update);
  await putOnList(topology.externalMeetingId, now);
}

/** All leftovers of a name, read consistently. */
export async function readLeftovers({
  externalMeetingId,
}: Pick<Topology, 'externalMeetingId'>): Promise<Leftover[]> {
  const query = new QueryCommand({
    TableName: TableName(),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': leftoversPk(externalMeetingId) },
    ConsistentRead: true,
  });
  const { Items = [] } = await table().send(query);
  return Items.map(({ leftover }) => leftover as Leftover);
}

/** Delete the record of a leftover that does not exist at Chime, or no longer does. Idempotent. */
export async function forgetLeftover(
  topology: Pick<Topology, 'externalMeetingId'>,
  leftover: Leftover,
): Promise<void> {
  await table().send(new DeleteCommand({ TableName: TableName(), Key: keyOf(topology, leftover) }));
}
