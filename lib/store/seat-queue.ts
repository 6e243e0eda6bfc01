import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { QUEUE_PARTS, type QueuePart, type SeatQueue } from '../domain/crowd/seat-queue.ts';
import type { MediaRegion } from '../domain/geo/media-regions.ts';
import { queueKey } from './keys.ts';
import { expiresInADay, outcome, TableName, table } from './table.ts';

/** The keys of all parts of a queue. */
export const queueKeys = (externalMeetingId: string) =>
  Array.from({ length: QUEUE_PARTS }, (_, part) => queueKey(externalMeetingId, part));

/** The queue in the items of all parts, as read at this time. */
export function queueIn(items: (Record<string, unknown> | undefined)[], readAt: number): SeatQueue {
  return { parts: items as (QueuePart | undefined)[], readAt };
}

/** Viewers to count in a part of a queue. */
export interface Counting {
  part: number;
  viewers: number;
  /** Where they came from. */
  mediaRegion: MediaRegion;
  /** When the last of them is back (milliseconds since the epoch). */
  until: number;
  /** The part is empty: it begins anew, at so many open seats. `since`: when it began before, as read. */
  begin?: { opened: number; since: number | undefined };
}

/**
 * Count viewers in a part of a queue. If many viewers begin an empty part at once, one of them begins it and the others are added.
 * A repeated write counts twice: the queue is an estimate. A part that an earlier version of this service
 * began has no media regions: viewers are not counted in it until it begins anew.
 */
export async function countInQueue(
  externalMeetingId: string,
  { begin, ...counting }: Counting,
  now: number,
): Promise<void> {
  const begun = begin ? await write(externalMeetingId, beginning(counting, begin, now), now) : 'conflict';
  if (begun === 'conflict') await write(externalMeetingId, adding(counting, now), now);
}

interface Write {
  part: number;
  update: string;
  condition: string;
  names: Record<string, string>;
  values: Record<string, unknown>;
}

function beginning(
  { part, viewers, mediaRegion, until }: Omit<Counting, 'begin'>,
  { opened, since }: { opened: number; since: number | undefined },
  now: number,
): Write {
  return {
    part,
    update: 'since = :now, opened = :opened, viewers = :viewers, #from = :from, #at = :now, #until = :until',
    names: {},
    condition: since === undefined ? 'attribute_not_exists(since)' : 'since = :since',
    values: {
      ':now': now,
      ':opened': opened,
      ':viewers': viewers,
      ':from': { [mediaRegion]: viewers },
      ':until': until,
      ...(since !== undefined && { ':since': since }),
    },
  };
}

function adding({ part, viewers, mediaRegion, until }: Omit<Counting, 'begin'>, now: number): Write {
  return {
    part,
    update:
      'viewers = viewers + :viewers, #from.#region = if_not_exists(#from.#region, :none) + :viewers, #at = :now, #until = :until',
    names: { '#region': mediaRegion },
    condition: 'attribute_exists(#from)',
    values: { ':now': now, ':viewers': viewers, ':until': until, ':none': 0 },
  };
}

function write(
  externalMeetingId: string,
  { part, update, condition, names, values }: Write,
  now: number,
): Promise<'counted' | 'conflict'> {
  const change = new UpdateCommand({
    TableName: TableName(),
    Key: queueKey(externalMeetingId, part),
    UpdateExpression: `SET ${update}, expiresAt = :expiresAt`,
    ConditionExpression: condition,
    ExpressionAttributeNames: { '#at': 'at', '#until': 'until', '#from': 'from', ...names },
    ExpressionAttributeValues: { ...values, ':expiresAt': expiresInADay(now) },
  });
  return outcome(table().send(change), 'counted', 'conflict');
}
