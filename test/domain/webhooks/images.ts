import { eventsOf } from '../../../lib/domain/webhooks/change.ts';
import type { AttributeValue, Image, StreamRecord } from '../../../lib/domain/webhooks/image.ts';

/** Noon of a day, in seconds since the Unix epoch. */
export const NOON_S = 1_900_000_800;
export const NOON = new Date(NOON_S * 1000).toISOString();

/** A value as DynamoDB writes it. A `Set` becomes a set of texts. */
function written(value: unknown): AttributeValue {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (value instanceof Set) return { SS: [...value] as string[] };
  if (Array.isArray(value)) return { L: value.map(written) };
  return { M: imageOf(value as object) };
}

const imageOf = (item: object): Image =>
  Object.fromEntries(
    Object.entries(item).flatMap(([name, value]) => (value === undefined ? [] : [[name, written(value)]])),
  );

/** The stream record of a change from one item to another. */
export function recordOf(
  pk: string,
  before: object | undefined,
  after: object | undefined,
  n = 1,
): StreamRecord {
  const eventName = !before ? 'INSERT' : !after ? 'REMOVE' : 'MODIFY';
  return {
    eventName,
    dynamodb: {
      ApproximateCreationDateTime: NOON_S,
      Keys: { pk: { S: pk }, sk: { S: 'some' } },
      ...(before && { OldImage: imageOf(before) }),
      ...(after && { NewImage: imageOf(after) }),
      SequenceNumber: String(n),
    },
  };
}

/** The types of the events in a change. */
export const typesIn = (pk: string, before: object | undefined, after: object | undefined) =>
  eventsOf(recordOf(pk, before, after)).map(({ type }) => type);
