import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { MediaRegion } from '../domain/geo/media-regions.ts';
import type { Tally } from '../domain/meeting/waiting-room.ts';
import { waitingFrom, waitingFromIn, waitingKey } from './keys.ts';
import { TableName, table } from './table.ts';

/** A count of people who wait serves for seconds, and expires after an hour (seconds). */
const KEPT_FOR_S = 3600;

/**
 * Add what a container told people to wait in this slice, for one name or for all names together. Returns the sum of all
 * containers in this slice so far (milliseconds). A repeated write counts twice: it is an estimate.
 */
export async function reportWaiting(
  where: { externalMeetingId: string } | 'everywhere',
  { slice, tally }: { slice: number; tally: Tally },
  now: number,
): Promise<number> {
  const regions = Object.entries(tally.byMediaRegion) as [MediaRegion, number][];
  const add = ['waitedMs :waitedMs', ...regions.map((_, k) => `#region${k} :region${k}`)].join(', ');
  const update = new UpdateCommand({
    TableName: TableName(),
    Key: waitingKey(where, slice),
    UpdateExpression: `ADD ${add} SET expiresAt = :expiresAt`,
    ...(regions.length > 0 && {
      ExpressionAttributeNames: Object.fromEntries(
        regions.map(([region], k) => [`#region${k}`, waitingFrom(region)]),
      ),
    }),
    ExpressionAttributeValues: {
      ':waitedMs': tally.waitedMs,
      ':expiresAt': Math.floor(now / 1000) + KEPT_FOR_S,
      ...Object.fromEntries(regions.map(([, ms], k) => [`:region${k}`, ms])),
    },
    ReturnValues: 'ALL_NEW',
  });
  const { Attributes } = await table().send(update);
  return (Attributes?.waitedMs as number | undefined) ?? 0;
}

/** The sums of a slice by media region (milliseconds). Empty where nobody waited. */
export async function readWaiting(
  externalMeetingId: string,
  slice: number,
): Promise<Partial<Record<MediaRegion, number>>> {
  const Key = waitingKey({ externalMeetingId }, slice);
  const { Item = {} } = await table().send(new GetCommand({ TableName: TableName(), Key }));
  const found = Object.entries(Item).flatMap(([attribute, ms]) => {
    const region = waitingFromIn(attribute);
    return region ? [[region, ms as number] as const] : [];
  });
  return Object.fromEntries(found);
}
