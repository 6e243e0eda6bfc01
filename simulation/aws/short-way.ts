import { abortSignal, beforeAttempt } from '../../lib/deadline.ts';
import { table } from '../../lib/store/table.ts';
import type { Input } from '../dynamodb/table.ts';
import type { Item } from '../dynamodb/values.ts';
import { bareItem, wiredItem } from '../dynamodb/wiring.ts';
import { unlessAborted } from './unless-aborted.ts';
import type { Carrier, WireReply } from './wire.ts';

/*
 * The SDK's conversion of a command to bytes and back takes nine tenths of a simulation's time. This short way leaves out the
 * bytes and nothing else: the retries are the SDK's own. A test asserts that both ways make the same trace.
 */

interface Command {
  input: Record<string, unknown>;
}

/** What the SDK's retry strategies do: issue a token for each attempt, and throw where no attempt is left. */
interface RetryStrategy {
  acquireInitialRetryToken: (scope: string) => Promise<object>;
  refreshRetryTokenForRetry: (token: object, info: { error: unknown; errorType: string }) => Promise<object>;
  recordSuccess: (token: object) => void;
}

/** Makes the document client hand its commands straight to the carrier. */
export function shorten(carry: Carrier): void {
  const client = table() as unknown as {
    send: unknown;
    config: { retryStrategy: () => Promise<RetryStrategy> };
  };
  client.send = async (command: Command) => {
    const strategy = await client.config.retryStrategy();
    let token = await strategy.acquireInitialRetryToken('');
    for (;;) {
      try {
        const answer = await once(command, carry);
        strategy.recordSuccess(token);
        return answer;
      } catch (error) {
        token = await retried(strategy, { token, error });
      }
    }
  };
}

/** Puts the SDK's own way back. */
export function lengthen(): void {
  delete (table() as unknown as { send?: unknown }).send;
}

async function once(command: Command, carry: Carrier): Promise<object> {
  beforeAttempt();
  const name = command.constructor.name.replace(/Command$/, '');
  const operation = ['Query', 'Scan'].includes(name) ? name : `${name}Item`;
  const headers = { 'x-amz-target': `DynamoDB_20120810.${operation}` };
  const request = { ...NOTHING, headers, input: wiredInput(command.input) };
  const reply = await unlessAborted(abortSignal(), carry('dynamodb', request));
  if (reply.done) return bareOutput(reply.done);
  throw errorOf(reply);
}

const NOTHING = { method: 'POST', path: '/', query: {}, body: '' };

async function retried(
  strategy: RetryStrategy,
  { token, error }: { token: object; error: unknown },
): Promise<object> {
  const errorType = typeOf(error as Failure);
  if (!errorType) throw error;
  try {
    return await strategy.refreshRetryTokenForRetry(token, { error, errorType });
  } catch {
    throw error;
  }
}

type Failure = Error & { code?: string; $metadata?: { httpStatusCode: number } };

/** Marks an error as retryable, as the SDK does. */
function typeOf({ name, code, $metadata }: Failure): string | undefined {
  if (name === 'ProvisionedThroughputExceededException') return 'THROTTLING';
  const isTransient =
    name === 'TimeoutError' || code === 'ECONNRESET' || ($metadata?.httpStatusCode ?? 0) >= 500;
  return isTransient ? 'TRANSIENT' : undefined;
}

function errorOf({ status, body }: WireReply): Failure {
  const { __type, message, Item } = JSON.parse(body) as { __type: string; message: string; Item?: object };
  const name = __type.slice(__type.indexOf('#') + 1);
  return Object.assign(new Error(message), { name, Item, $metadata: { httpStatusCode: status } });
}

const MAPS = ['Key', 'Item', 'ExpressionAttributeValues', 'ExclusiveStartKey'];
type Requests = Record<string, { Keys: Record<string, unknown>[]; ConsistentRead?: boolean }>;

function wiredInput(input: Record<string, unknown>): Input {
  const members = Object.entries(input).map(([name, member]) => {
    if (MAPS.includes(name) && member) return [name, wiredItem(member as object)];
    return name === 'RequestItems' ? [name, wiredRequests(member as Requests)] : [name, member];
  });
  return Object.fromEntries(members) as Input;
}

function wiredRequests(requests: Requests): object {
  const ofTable = ([name, { Keys, ...how }]: [string, Requests[string]]) => [
    name,
    { Keys: Keys.map(wiredItem), ...how },
  ];
  return Object.fromEntries(Object.entries(requests).map(ofTable));
}

interface Output {
  Item?: Item;
  Attributes?: Item;
  Items?: Item[];
  LastEvaluatedKey?: Item;
  Responses?: Record<string, Item[]>;
}

function bareOutput(done: object): object {
  const { Item, Attributes, Items, LastEvaluatedKey, Responses } = done as Output;
  const items = (list: Item[]) => list.map(bareItem);
  return {
    ...(Item && { Item: bareItem(Item) }),
    ...(Attributes && { Attributes: bareItem(Attributes) }),
    ...(Items && { Items: items(Items) }),
    ...(LastEvaluatedKey && { LastEvaluatedKey: bareItem(LastEvaluatedKey) }),
    ...(Responses && {
      Responses: Object.fromEntries(Object.entries(Responses).map(([name, list]) => [name, items(list)])),
    }),
  };
}
