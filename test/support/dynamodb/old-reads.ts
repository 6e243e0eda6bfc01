import { createContainer, useContainer } from '../../../lib/container.ts';
import { startDatabase } from '../../../local/database/in-process.ts';
import { createTable } from '../../../local/database/table.ts';
import type { TestWorld } from '../local-world.ts';
import { type Instead, type Passing, startProxy } from '../proxy.ts';
import { clock } from '../skipping-clock.ts';

/** DynamoDB usually repeats a write in its other copies, and in its indexes, within this time (milliseconds). */
export const OLDEST_MS = 1000;
/** The number of the last writes that an old read does not see. A count, so that no test depends on the speed of the machine. */
const UNSEEN_WRITES = 40;

/** A proxy in front of DynamoDB that gives old data to every read which is not consistent. */
export interface OldReads {
  /** How many reads of each kind got an answer that was not true any more: `Query byList`, `GetItem WAITING`, and so on. */
  wereOld: () => Readonly<Record<string, number>>;
  close: () => Promise<void>;
}

const WRITES = ['PutItem', 'UpdateItem', 'DeleteItem'];
/**
 * Of this many reads of a kind one is answered by another copy, which is up to date. So a later read may give older data than an
 * earlier one.
 */
const CURRENT_EVERY = 5;

/** dynalite wants a signature, and does not check it. */
const SIGNED = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-date': '20260101T000000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
};

/**
 * Put the proxy between the code under test and the DynamoDB of its world. A second database lacks the last writes, until the test
 * passes a second. It answers the reads that are not consistent, and the world's own database all other requests.
 */
export async function startOldReads({ dynamodbUrl, tableName }: TestWorld): Promise<OldReads> {
  const past = await startPast(tableName);
  const asked: Record<string, number> = {};
  const old: Record<string, number> = {};
  const write = async ({ operation, input }: Passing): Promise<Instead> => {
    const answer = await send(dynamodbUrl, { operation, input });
    if (answer.status !== 200) return answer;
    const { pk, sk } = input.Key ?? input.Item;
    const read = { TableName: tableName, Key: { pk, sk }, ConsistentRead: true };
    const { body } = await send(dynamodbUrl, { operation: 'GetItem', input: read });
    past.note({ pk, sk }, (body as { Item?: object }).Item);
    return answer;
  };
  const read = async (passing: Passing): Promise<Instead> => {
    const current = await send(dynamodbUrl, passing);
    const kind = kindOf(passing);
    if (count(asked, kind) % CURRENT_EVERY === 0) return current;
    await past.catchUp();
    const answer = await send(past.url, passing);
    if (JSON.stringify(answer) !== JSON.stringify(current)) count(old, kind);
    return answer;
  };
  const inTurn = takingTurns();
  const proxy = await startProxy(dynamodbUrl, (passing) => {
    if (WRITES.includes(passing.operation)) return inTurn(() => write(passing));
    return isConsistent(passing) ? undefined : inTurn(() => read(passing));
  });
  process.env.AWS_ENDPOINT_URL_DYNAMODB = proxy.url;
  useContainer(createContainer());
  return {
    wereOld: () => old,
    close: async () => void (await Promise.all([proxy.close(), past.close()])),
  };
}

const count = (counts: Record<string, number>, kind: string): number => {
  counts[kind] = (counts[kind] ?? 0) + 1;
  return counts[kind];
};

/** How far the test has advanced the clock (milliseconds). */
const passed = () => clock.now() - Date.now();

/** A database that is behind by the last noted changes. */
async function startPast(TableName: string) {
  const { url, close } = await startDatabase(0);
  await createTable(url, TableName);
  const changes: { at: number; operation: string; input: object }[] = [];
  return {
    url,
    close,
    /** An item is now so; undefined: it does not exist. */
    note: (Key: object, Item: object | undefined) =>
      void changes.push({
        at: passed(),
        ...(Item
          ? { operation: 'PutItem', input: { TableName, Item } }
          : { operation: 'DeleteItem', input: { TableName, Key } }),
      }),
    /** Makes the changes that the test's clock has left behind, and those before the last ones. */
    catchUp: async () => {
      const isDue = ({ at }: { at: number }) => at <= passed() - OLDEST_MS || changes.length > UNSEEN_WRITES;
      for (let next = changes[0]; next && isDue(next); next = changes[0]) {
        await send(url, next);
        changes.shift();
      }
    },
  };
}

async function send(url: string, { operation, input }: Passing): Promise<Required<Instead>> {
  const headers = { ...SIGNED, 'x-amz-target': `DynamoDB_20120810.${operation}` };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(input) });
  return { status: response.status, body: (await response.json()) as object };
}

/** Does one piece of work after the other. */
function takingTurns() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work);
    last = done.catch(() => {});
    return done;
  };
}

const isConsistent = ({ input }: Passing): boolean =>
  input.ConsistentRead === true ||
  Object.values((input.RequestItems ?? {}) as Record<string, { ConsistentRead?: boolean }>).some(
    ({ ConsistentRead }) => ConsistentRead === true,
  );

function kindOf({ operation, input }: Passing): string {
  if (input.IndexName) return `${operation} ${input.IndexName}`;
  const [batch] = Object.values(
    (input.RequestItems ?? {}) as Record<string, { Keys: { pk: { S: string } }[] }>,
  );
  const pk = (input.Key ?? batch?.Keys[0])?.pk.S as string;
  return `${operation} ${pk.split('#')[0]}`;
}
