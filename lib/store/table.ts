import { type ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { inContainer } from '../container.ts';
import { guarded } from '../deadline.ts';
import { MOST_AGE_MS } from '../domain/meeting/topology.ts';
import { lighten } from '../sdk-client.ts';
import { settings } from '../settings.ts';

/** Three attempts of `attemptTimeoutMs` end before the Lambda timeout of 10 s, even if none gets a response. */
const ATTEMPTS = 3;

/** The document client of this container. Keep-alive is the SDK's default; attempts are short. */
export const table = inContainer('clients', () =>
  DynamoDBDocumentClient.from(client(), { marshallOptions: { removeUndefinedValues: true } }),
);

function client(): DynamoDBClient {
  const made = lighten(new DynamoDBClient({ maxAttempts: ATTEMPTS, requestHandler: timeouts() }));
  guarded(made.config.requestHandler);
  return made;
}

function timeouts() {
  const { attemptTimeoutMs } = settings();
  // Without `throwOnRequestTimeout` the SDK only logs a warning about a late response and keeps waiting.
  return {
    connectionTimeout: attemptTimeoutMs,
    requestTimeout: attemptTimeoutMs,
    throwOnRequestTimeout: true,
  };
}

export const TableName = (): string => settings().tableName;

/**
 * Return `onConflict` if the condition of a write fails: a conflict is an outcome, not an exception. Other errors
 * are thrown.
 */
export async function unlessConflict<T, L extends string>(write: Promise<T>, onConflict: L): Promise<T | L> {
  try {
    return await write;
  } catch (error) {
    refusalIn(error);
    return onConflict;
  }
}

/** The error of a write whose condition failed. Any other error is thrown. */
function refusalIn(error: unknown): Partial<ConditionalCheckFailedException> {
  if ((error as Error).name !== 'ConditionalCheckFailedException') throw error;
  return error as ConditionalCheckFailedException;
}

/**
 * The output of a write that asks for the item as it is if its condition fails (`ReturnValuesOnConditionCheckFailure`). Then
 * `refusing` is that item: undefined if there is none, or from a stand-in for DynamoDB that ignores the parameter, as dynalite does.
 */
export async function orRefusing<T extends object>(
  write: Promise<T>,
): Promise<T | { refusing: Record<string, unknown> | undefined }> {
  try {
    return await write;
  } catch (error) {
    const { Item } = refusalIn(error);
    return { refusing: Item && unmarshall(Item) };
  }
}

/** Return `done` after a write, or `onConflict` if its condition failed. */
export async function outcome<D extends string, L extends string>(
  write: Promise<unknown>,
  done: D,
  onConflict: L,
): Promise<D | L> {
  return (await unlessConflict(write, 'conflict')) === 'conflict' ? onConflict : done;
}

/**
 * For how long an item is kept after its write (seconds): `retentionDays` after the latest end of a Chime meeting that it was
 * written for. The retention is at least a day. So no item expires while that meeting lives, although clocks differ, and a
 * meeting may be created some time after the items of its opening were dated.
 */
const keptForS = () => MOST_AGE_MS / 1000 + settings().retentionDays * 86_400;

/** When an item written now expires, in the whole seconds of DynamoDB's TTL. */
export function expiresAt(now: number): number {
  return Math.floor(now / 1000) + keptForS();
}

/** When an item expires that serves for seconds or minutes: a day after its last write. */
export const expiresInADay = (now: number): number => Math.floor(now / 1000) + 86_400;

/**
 * When a topology written now expires. It is written when its primary is claimed and published. It outlives every item that is
 * written while that primary lives, because the next use of an expired name begins with epoch 1 again.
 */
export function nameExpiresAt(now: number): number {
  return Math.floor(now / 1000) + 2 * keptForS();
}
