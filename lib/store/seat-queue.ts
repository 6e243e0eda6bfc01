import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { QUEUE_PARTS, type QueuePart, type SeatQueue } from '../domain/crowd/seat-queue.ts';
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
  /** When the last of them is back (milliseconds since the epoch). */
  until: number;
  /** The part is empty: it begins anew, at so many open seats. `since`: when it began before, as read. */
  begin?: { opened: number; since: number | undefined };
}

/**
 * Count viewers in a part of a queue. If many viewers begin an empty part at once, one of them begins it and the others are added.
 * A repeated write counts twice: the queue is an estimate.
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
  values: Record<string, number>;
}

function beginning(
  { part, viewers, until }: Omit<Counting, 'begin'>,
  { opened, since }: { opened: number; since: number | undefined },
  now: number,
): Write {
  return {
    part,
    update: 'since = :now, opened = :opened, viewers = :viewers, #at = :now, #until = :until',
    condition: since === undefined ? 'attribute_not_exists(since)' : 'since = :since',
    values: {
      ':now': now,
      ':opened': opened,
      ':viewers': viewers,
      ':until': until,
      ...(since !== undefined && { ':since': since }),
    },
  };
}

function adding({ part, viewers, until }: Omit<Counting, 'begin'>, now: number): Write {
  return {
    part,
    update: 'viewers = viewers + :viewers, #at = :now, #until = :until',
    condition: 'attribute_exists(since)',
    values: { ':now': now, ':viewers': viewers, ':until': until },
  };
}

function write(
  externalMeetingId: string,
  { part, update, condition, values }: Write,
  now: number,
): Promise<'counted' | 'conflict'> {
  const change = new UpdateCommand({
    TableName: TableName(),
    Key: queueKey(externalMeetingId, part),
    UpdateExpression: `SET ${update}, expiresAt = :expiresAt`,
    ConditionExpression: condition,
    ExpressionAttributeNames: { '#at': 'at', '#until': 'until' },
    ExpressionAttributeValues: { ...values, ':expiresAt': expiresInADay(now) },
  });
  return outcome(table().send(change), 'counted', 'conflict');
}
