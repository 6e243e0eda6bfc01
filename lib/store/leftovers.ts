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
 * Remember a Chime meeting that may live although no record will be able to name it: to be called before the write that makes it
 * unreachable, so that a crash in between loses nothing. The name is due for the reconciler at once. Repeatable.
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

/** The leftover is gone at Chime, or was none. Repeatable. */
export async function forgetLeftover(
  topology: Pick<Topology, 'externalMeetingId'>,
  leftover: Leftover,
): Promise<void> {
  await table().send(new DeleteCommand({ TableName: TableName(), Key: keyOf(topology, leftover) }));
}
