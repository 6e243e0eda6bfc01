import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import { remainingMs } from '../deadline.ts';
import { runs } from '../domain/meeting/seats.ts';
import { TableName, table } from './table.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html: keys of one request. */
const MOST_KEYS = 100;
/** How often a page is requested. The pauses between the attempts add up to 1,550 ms at most. */
const ATTEMPTS = 6;
const FIRST_PAUSE_MS = 50;

type Key = { pk: string; sk: string };
type Item = Record<string, unknown> & Key;

interface How {
  ConsistentRead?: boolean;
}

/** Chance and time of the pauses between attempts; tests bring their own. */
export interface Backoff {
  random: () => number;
  pause: (ms: number) => Promise<unknown>;
}

const backoff: Backoff = {
  random: () => Math.random(),
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/**
 * Read many items, a hundred a round trip. Keys that DynamoDB leaves unprocessed are requested again, as AWS asks for
 * (API_BatchGetItem, "we strongly recommend that you use an exponential backoff algorithm"): after a random part of a
 * pause that doubles, a bounded number of times, and within the deadline of the request. Rejects if keys are left.
 */
export async function readAll(keys: Key[], how: How = {}, timing = backoff): Promise<Item[]> {
  const pages = runs(keys, MOST_KEYS).map((page) => readPage(page, how, timing));
  await Promise.allSettled(pages); // no page is still being read when another one rejects
  return (await Promise.all(pages)).flat();
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

/** Named as DynamoDB names the error of a batch of which it could process nothing. */
function throttled(unprocessed: Key[]): Error {
  const error = new Error(`DynamoDB left ${unprocessed.length} keys unprocessed.`);
  return Object.assign(error, { name: 'ProvisionedThroughputExceededException' });
}
