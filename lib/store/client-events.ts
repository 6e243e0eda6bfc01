import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { add, type Counters } from '../domain/client-events/counters.ts';
import type { MediaRegion } from '../domain/geo/media-regions.ts';
import { readAll } from './batch.ts';
import { additions } from './conditions.ts';
import { clientEventsKey } from './keys.ts';
import { expiresInADay, TableName, table } from './table.ts';

/** An update takes at most 300 operators: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const MOST_ADDS = 100;

/** The attribute of one counter. */
const attributeOf = (mediaRegion: MediaRegion, counter: string) => `${mediaRegion}#${counter}`;

/** What a container adds to the counters of one name and slice, by media region. */
export type Added = ReadonlyMap<MediaRegion, Counters>;

/** Adds to the counters of one name and slice. A repeated write counts twice: it is an estimate. */
export async function addClientCounters(
  { externalMeetingId, slice }: { externalMeetingId: string; slice: number },
  added: Added,
  now: number,
): Promise<void> {
  const adds = [...added].flatMap(([mediaRegion, counters]) =>
    [...counters].map(([counter, many]) => [attributeOf(mediaRegion, counter), many] as const),
  );
  for (let from = 0; from < adds.length; from += MOST_ADDS) {
    const { add: adding, names, values } = additions(adds.slice(from, from + MOST_ADDS));
    const update = new UpdateCommand({
      TableName: TableName(),
      Key: clientEventsKey(externalMeetingId, slice),
      UpdateExpression: `SET expiresAt = :expiresAt${adding}`,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: {
        ':expiresAt': expiresInADay(now),
        ...values,
      },
    });
    await table().send(update);
  }
}

/** The counters of these slices together, by media region. */
export async function readClientCounters(
  externalMeetingId: string,
  slices: readonly number[],
): Promise<Map<MediaRegion, Map<string, number>>> {
  const keys = slices.map((slice) => clientEventsKey(externalMeetingId, slice));
  const items = await readAll(keys, { ConsistentRead: false });
  const found = new Map<MediaRegion, Map<string, number>>();
  for (const [attribute, many] of items.flatMap((item) => Object.entries(item))) {
    const [mediaRegion, counter] = attribute.split('#') as [MediaRegion, string | undefined];
    if (counter === undefined) continue;
    const counters = found.get(mediaRegion) ?? new Map<string, number>();
    add(counters, new Map([[counter, many as number]]));
    found.set(mediaRegion, counters);
  }
  return found;
}
