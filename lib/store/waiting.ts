import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { MediaRegion } from '../domain/geo/media-regions.ts';
import type { Count } from '../domain/meeting/waiting-room.ts';
import { additions } from './conditions.ts';
import { regional, returnsIn, returnsInOf, waitingKey } from './keys.ts';
import { expiresInADay, TableName, table } from './table.ts';

type Where = { externalMeetingId: string } | 'everywhere';

/**
 * Add what a container told people to the count of one name, or of all names together, and remove the slices that are over.
 * Returns the count of all containers. A repeated write counts twice: it is an estimate.
 */
export async function reportWaiting(
  where: Where,
  { added, past }: { added: Count; past: number[] },
  now: number,
): Promise<Count> {
  const regions = Object.entries(added.byMediaRegion) as [MediaRegion, number][];
  const adds = [
    ...[...added.returns].map(([slice, many]) => [returnsIn(slice), many] as const),
    ...regions.map(([region, many]) => [regional.waiting.of(region), many] as const),
  ];
  const { add, names: counted, values } = additions(adds);
  const remove = past.length > 0 ? ` REMOVE ${past.map((_, k) => `#past${k}`).join(', ')}` : '';
  const names = {
    ...counted,
    ...Object.fromEntries(past.map((slice, k) => [`#past${k}`, returnsIn(slice)])),
  };
  const update = new UpdateCommand({
    TableName: TableName(),
    Key: waitingKey(where),
    UpdateExpression: `SET expiresAt = :expiresAt${remove}${add}`,
    ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
    ExpressionAttributeValues: {
      ':expiresAt': expiresInADay(now),
      ...values,
    },
    ReturnValues: 'ALL_NEW',
  });
  const { Attributes = {} } = await table().send(update);
  return countIn(Attributes);
}

/** The count of a name. Empty where nobody waited. */
export async function readWaiting(externalMeetingId: string): Promise<Count> {
  const Key = waitingKey({ externalMeetingId });
  const { Item = {} } = await table().send(new GetCommand({ TableName: TableName(), Key }));
  return countIn(Item);
}

function countIn(item: Record<string, unknown>): Count {
  const returns = new Map<number, number>();
  for (const [attribute, many] of Object.entries(item)) {
    const slice = returnsInOf(attribute);
    if (slice !== undefined) returns.set(slice, many as number);
  }
  return { returns, byMediaRegion: regional.waiting.in(item) };
}
