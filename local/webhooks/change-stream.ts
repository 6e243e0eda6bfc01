import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from 'node:http';
import type { Image, StreamRecord } from '../../lib/domain/webhooks/image.ts';
import { type Listening, listen } from '../listen.ts';

/** Receives each change once it is written. */
export type ChangeListener = (record: Required<StreamRecord>) => void;

interface Exchange {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

type Key = Required<Pick<Image, 'pk' | 'sk'>>;

const WRITES = ['PutItem', 'UpdateItem', 'DeleteItem'];
/** The items whose changes tell events. The deployed filter has the same: serverless.yml. */
const WATCHED = /^(MEETING|PARTICIPANTS|ATTENDANCE)#/;
const PREFIX = 'DynamoDB_20120810.';

/**
 * Starts a proxy before a DynamoDB engine without streams, and emits what a stream would: for each write of a watched item, the
 * item before and after. It reads the item itself, under a lock for each key, so it must see all writes.
 */
export async function startChangeStream(upstream: string, emit: ChangeListener): Promise<Listening> {
  const locks = new Map<string, Promise<unknown>>();
  let changes = 0;

  async function watched(headers: IncomingHttpHeaders, body: Buffer, key: Key, TableName: string) {
    const read = () => itemAt(upstream, headers, { TableName, Key: key });
    const before = await read();
    const done = await exchange(upstream, headers, body);
    const after = done.status === 200 ? await read() : before;
    if (JSON.stringify(before) !== JSON.stringify(after)) emit(recordOf(key, { before, after }, ++changes));
    return done;
  }

  const carry = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const body = await bodyOf(incoming);
    const { headers } = incoming;
    const key = watchedKey(headers, body);
    const done = key
      ? await inTurn(locks, JSON.stringify(key.key), () => watched(headers, body, key.key, key.table))
      : await exchange(upstream, headers, body);
    outgoing.writeHead(done.status, done.headers).end(done.body);
  };
  const server = createServer((incoming, outgoing) => {
    carry(incoming, outgoing).catch(() => outgoing.destroy()); // the client or the engine gave up
  });
  return listen(server, 0);
}

/** Runs work after all earlier work of the same key. */
function inTurn<T>(locks: Map<string, Promise<unknown>>, key: string, work: () => Promise<T>): Promise<T> {
  const turn = (locks.get(key) ?? Promise.resolve()).then(work, work);
  const settled = turn.then(
    () => {},
    () => {},
  );
  locks.set(key, settled);
  void settled.then(() => locks.get(key) === settled && locks.delete(key));
  return turn;
}

async function bodyOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The key and table of a write of a watched item. */
function watchedKey(headers: IncomingHttpHeaders, body: Buffer): { key: Key; table: string } | undefined {
  const operation = String(headers['x-amz-target']).slice(PREFIX.length);
  if (!WRITES.includes(operation)) return undefined;
  const { Key, Item, TableName } = JSON.parse(body.toString()) as Record<'Key' | 'Item', Image> & {
    TableName: string;
  };
  const { pk, sk } = Key ?? Item ?? {};
  return pk?.S && sk && WATCHED.test(pk.S) ? { key: { pk, sk }, table: TableName } : undefined;
}

async function itemAt(
  upstream: string,
  headers: IncomingHttpHeaders,
  input: object,
): Promise<Image | undefined> {
  const body = Buffer.from(JSON.stringify({ ...input, ConsistentRead: true }));
  const reading = { ...headers, 'x-amz-target': `${PREFIX}GetItem` };
  const { body: answer } = await exchange(upstream, reading, body);
  return (JSON.parse(answer.toString()) as { Item?: Image }).Item;
}

function exchange(upstream: string, sent: IncomingHttpHeaders, body: Buffer): Promise<Exchange> {
  const headers = { ...sent, 'content-length': String(body.length) };
  return new Promise((resolve, reject) => {
    const passed = request(upstream, { method: 'POST', headers }, (answer) => {
      bodyOf(answer).then(
        (read) => resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: read }),
        reject,
      );
    });
    passed.on('error', reject);
    passed.end(body);
  });
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html */
function recordOf(
  { pk, sk }: Key,
  { before, after }: { before: Image | undefined; after: Image | undefined },
  number: number,
): Required<StreamRecord> {
  return {
    eventName: !before ? 'INSERT' : !after ? 'REMOVE' : 'MODIFY',
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(Date.now() / 1000),
      Keys: { pk, sk },
      ...(before && { OldImage: before }),
      ...(after && { NewImage: after }),
      SequenceNumber: String(100_000_000_000_000_000_000n + BigInt(number)),
    },
  };
}
