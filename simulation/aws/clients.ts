import { HttpResponse } from '@smithy/core/protocols';
import { chime } from '../../lib/chime/client.ts';
import { guarded } from '../../lib/deadline.ts';
import { table } from '../../lib/store/table.ts';
import { lengthen, shorten } from './short-way.ts';
import { unlessAborted } from './unless-aborted.ts';
import type { Carrier, ServiceName, WireRequest } from './wire.ts';

/** The body that an SDK client hands over: text, bytes, or absent. */
type Outgoing = Omit<WireRequest, 'body' | 'input'> & { body?: string | Uint8Array };

let carrier: Carrier | undefined;
const bytes = new TextEncoder();
const text = new TextDecoder();

/**
 * Makes the SDK clients of the code under test hand their requests to a carrier. Only the last step of the clients changes.
 * Bodies are bytes, not streams, so that nothing is left to the event loop. Signatures are left out. Requests to DynamoDB take
 * the short way, unless the whole way is asked for.
 */
export async function plugIn(to: Carrier, way: 'short' | 'whole' = 'short'): Promise<void> {
  carrier = to;
  if (way === 'short') shorten(to);
  else lengthen();
  const { repeatable, once } = chime();
  await plug(table(), 'dynamodb');
  await plug(repeatable, 'chime');
  await plug(once, 'chime');
}

/** What a request can be sent through. Its retry strategy keeps the retry budget of the last minutes. */
interface Client {
  config: {
    requestHandler: object;
    signer?: unknown;
    endpointProvider?: unknown;
    retryStrategy: () => Promise<object>;
  };
  middlewareStack: { remove: (name: string) => boolean };
}

/** Middlewares of the SDK that add headers or logs that the simulation ignores. Without them a request takes two thirds of the time. */
const UNUSED_MIDDLEWARES = [
  'loggerMiddleware',
  'getUserAgentMiddleware',
  'hostHeaderMiddleware',
  'recursionDetectionMiddleware',
  'contentLengthMiddleware',
];

const INITIAL_CAPACITY = 500;
const NOWHERE = { url: new URL('http://nowhere.invalid') };
const signer = async () => ({ sign: async (request: unknown) => request });

async function plug(client: object, service: ServiceName): Promise<void> {
  const { config, middlewareStack } = client as Client;
  config.requestHandler = guarded({
    metadata: { handlerProtocol: 'http/1.1' },
    handle: (request: Outgoing, { abortSignal }: { abortSignal?: AbortSignal } = {}) =>
      unlessAborted(abortSignal, carried(service, request)),
    destroy: () => {},
    updateHttpClientConfig: () => {},
    httpHandlerConfigs: () => ({}),
  });
  config.signer = signer;
  config.endpointProvider = () => NOWHERE;
  for (const name of UNUSED_MIDDLEWARES) middlewareStack.remove(name);
  Object.assign(await config.retryStrategy(), { capacity: INITIAL_CAPACITY });
}

async function carried(service: ServiceName, request: Outgoing): Promise<{ response: HttpResponse }> {
  const { method, path, query, headers: sent, body: given = '' } = request;
  const asked = typeof given === 'string' ? given : text.decode(given);
  const whole = { method, path, query, headers: sent, body: asked };
  const { status, headers, body, done } = await (carrier as Carrier)(service, whole);
  const sentBack = bytes.encode(done ? JSON.stringify(done) : body);
  return { response: new HttpResponse({ statusCode: status, headers, body: sentBack }) };
}
