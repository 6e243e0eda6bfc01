import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { QUEUE_PARTS, type QueuePart, type SeatQueue } from '../domain/crowd/seat-queue.ts';
import { queueKey } from './keys.ts';
import { expiresInADay, outcome, TableName, table } from './table.ts';

/** The keys of all parts of a queue. */
export const queueKeys = (externalMeetingId: string) =>
  Array.from({ length: QUEUE_PARTS }, (_, part) => queueKey(externalMeetingId, part));

/** The queue in these items, as read at this time. A part without an item is empty. */
export function queueIn(items: Record<string, unknown>[], readAt: number): SeatQueue {
  return { parts: items.map(({ since, endsAt }) => ({ since, endsAt }) as QueuePart), readAt };
}

/** A part of a queue, and how far a viewer moves it on (milliseconds). */
interface Move {
  part: number;
  stepMs: number;
}

/**
 * Move a part of a queue on. If many viewers begin an empty part at once, one of them begins it and the others move it on. A
 * repeated write counts twice: the queue is an estimate.
 */
export async function moveQueue(externalMeetingId: string, move: Move, now: number): Promise<void> {
  const moveOn = () => write(externalMeetingId, { ...move, from: 'endsAt', condition: 'endsAt > :now' }, now);
  const begin = () =>
    write(
      externalMeetingId,
      { ...move, from: ':now', condition: 'attribute_not_exists(endsAt) OR endsAt <= :now' },
      now,
    );
  if ((await moveOn()) === 'moved' || (await begin()) === 'moved') return;
  await moveOn();
}

function write(
  externalMeetingId: string,
  { part, stepMs, from, condition }: Move & { from: 'endsAt' | ':now'; condition: string },
  now: number,
): Promise<'moved' | 'conflict'> {
  const begins = from === ':now' ? ', since = :now' : '';
  const update = new UpdateCommand({
    TableName: TableName(),
    Key: queueKey(externalMeetingId, part),
    UpdateExpression: `SET endsAt = ${from} + :step, expiresAt = :expiresAt${begins}`,
    ConditionExpression: condition,
    ExpressionAttributeValues: {
      ':now': now,
      ':step': stepMs,
      ':expiresAt': expiresInADay(now),
    },
  });
  return outcome(table().send(update), 'moved', 'conflict');
}
