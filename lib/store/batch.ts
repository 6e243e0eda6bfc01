import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import { allSettledOrThrow } from '../all-settled.ts';
import { remainingMs } from '../deadline.ts';
import { runs } from '../domain/meeting/seats.ts';
import { TableName, table } from './table.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html: keys of one request. */
const MOST_KEYS = 100;
/** How often one page is requested at most. The pauses between the attempts add up to at most 1,550 ms. */
const ATTEMPTS = 6;
const FIRST_PAUSE_MS = 50;

type Key = { pk: string; sk: string };
type Item = Record<string, unknown> & Key;

interface How {
  ConsistentRead?: boolean;
}

/** Randomness and time of the pauses between attempts, for jitter. Tests pass their own. */
export interface Backoff {
  random: () => number;
  pause: (ms: number) => Promise<unknown>;
}

const backoff: Backoff = {
  random: () => Math.random(),
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/**
 * Read many items, up to a hundred a request. Keys that DynamoDB leaves unprocessed are requested again after an
 * exponential backoff with full jitter, as AWS recommends (API_BatchGetItem, "we strongly recommend that you use an
 * exponential backoff algorithm"). The attempts are bounded in number and by the deadline of the request. Rejects if
 * keys remain unprocessed.
 */
export async function readAll(keys: Key[], how: How = {}, timing = backoff): Promise<Item[]> {
  const pages = runs(keys, MOST_KEYS).map((page) => readPage(page, how, timing));
  return (await allSettledOrThrow(pages)).flat();
}

async function readPage(keys: Key[], how: How, { random, pause }: Backoff): Promise<Item[]> {
  const items: Item[] = [];
  let unprocessed = keys;
  for (let attempt = 1; ; attempt++) {
    const page = await readOnce(unprocessed, how);
    items.push(...page.items);
    unprocessed = page.unprocessed;
    if (unprocessed.length === 0) return items;
    const pauseMs = random() * FIRST_PAUSE_MS * 2 ** (attempt - 1);
    if (attempt === ATTEMPTS || pauseMs >= remainingMs()) throw throttled(unprocessed);
    await pause(pauseMs);
  }
}

async function readOnce(Keys: Key[], how: How): Promise<{ items: Item[]; unprocessed: Key[] }> {
  const name = TableName();
  const command = new BatchGetCommand({ RequestItems: { [name]: { Keys, ...how } } });
  const { Responses, UnprocessedKeys } = await table().send(command);
  return {
    items: (Responses?.[name] ?? []) as Item[],
    unprocessed: (UnprocessedKeys?.[name]?.Keys ?? []) as Key[],
  };
}

/** An error with the name that DynamoDB uses when it cannot process any item of a batch. */
function throttled(unprocessed: Key[]): Error {
  const error = new Error(`DynamoDB left ${unprocessed.length} keys unprocessed.`);
  return Object.assign(error, { name: 'ProvisionedThroughputExceededException' });
}
