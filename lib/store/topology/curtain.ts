import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { all, when } from '../conditions.ts';
import { topologyKey } from '../keys.ts';
import { TableName, table, unlessConflict } from '../table.ts';
import { notEnded } from './clauses.ts';

/** `not-now`: the name is unknown or ended. */
type Curtain = { liveSince?: number } | 'not-now';

/** Open the curtain of a name. Returns since when it is open. Idempotent. */
export async function openCurtain(externalMeetingId: string, now: number): Promise<Curtain> {
  return change(externalMeetingId, 'SET liveSince = if_not_exists(liveSince, :now)', { ':now': now });
}

/** Close the curtain of a name. Idempotent. */
export async function closeCurtain(externalMeetingId: string): Promise<Curtain> {
  return change(externalMeetingId, 'REMOVE liveSince', {});
}

async function change(
  externalMeetingId: string,
  UpdateExpression: string,
  values: Record<string, unknown>,
): Promise<Curtain> {
  const update = new UpdateCommand({
    TableName: TableName(),
    Key: topologyKey(externalMeetingId),
    UpdateExpression,
    ...when(all('attribute_exists(pk)', notEnded), { values }),
    ReturnValues: 'ALL_NEW',
  });
  const done = await unlessConflict(table().send(update), 'not-now');
  return done === 'not-now' ? done : (done.Attributes as { liveSince?: number });
}
