import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { when } from '../conditions.ts';
import { attendanceKey } from '../keys.ts';
import { expiresAt, outcome, TableName, table } from '../table.ts';
import type { LifeName } from './attendance.ts';

/**
 * Erase a person's attendance in one life. What remains is the instant, so that no late event tells again what was erased. It expires
 * with the retention. Idempotent.
 */
export async function eraseAttendance(life: LifeName, externalUserId: string, now: number): Promise<void> {
  const update = new UpdateCommand({
    TableName: TableName(),
    Key: attendanceKey(life, externalUserId),
    UpdateExpression:
      'SET erasedUntil = :now, expiresAt = :expiresAt REMOVE externalUserId, #role, facts, past, regions, compactedUntil',
    ...when('attribute_not_exists(erasedUntil) OR erasedUntil < :now', {
      names: { '#role': 'role' },
      values: { ':now': now, ':expiresAt': expiresAt(now) },
    }),
  });
  await outcome(table().send(update), 'erased', 'conflict');
}

/** Erase a person's attendance in a life to which no event comes any more. Idempotent. */
export async function deleteAttendance(life: LifeName, externalUserId: string): Promise<void> {
  const Key = attendanceKey(life, externalUserId);
  await table().send(new DeleteCommand({ TableName: TableName(), Key }));
}
