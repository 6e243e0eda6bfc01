import { HttpResponse } from '@smithy/core/protocols';
import { handle } from '../../emulator/handle.ts';
import { settle } from '../../emulator/state/meetings/lifecycle.ts';
import type { ChimeState } from '../../emulator/state/state.ts';
import { chime } from '../../lib/chime/client.ts';
import { guarded } from '../../lib/deadline.ts';
import { table } from '../../lib/store/table.ts';
import { createDynamo } from '../../simulation/aws/dynamodb.ts';
import { unlessAborted } from '../../simulation/aws/unless-aborted.ts';
import type { WireRequest } from '../../simulation/aws/wire.ts';
import { clock } from './skipping-clock.ts';

/** What an SDK client hands to its request handler. */
type Outgoing = Omit<WireRequest, 'body' | 'input'> & { body?: string | Uint8Array };

/** A response, or one that comes late, or is lost. */
interface Incoming {
  status: number;
  headers: Record<string, string>;
  body: string;
  done?: object;
  delayMs?: number;
  drop?: true;
}

const bytes = new TextEncoder();
const text = new TextDecoder();
const turnOfTheLoop = () => new Promise<void>((resolve) => setImmediate(resolve));

/**
 * Connect the SDK clients of the code under test to DynamoDB and Chime in this process. The clients do all that they do over a
 * socket: they sign, serialize, retry and parse. Only the socket is left out, which halves the time of a request.
 * `WIRE=sockets` runs the same tests over sockets.
 */
export function connectInProcess(state: ChimeState): void {
  const dynamo = createDynamo();
  const { repeatable, once } = chime();
  connect(table(), (request) => dynamo.answer(request));
  for (const client of [repeatable, once]) connect(client, (request) => handle(state, request));
  clock.skipWaits((ms) => {
    state.clock.advance(ms);
    settle(state);
  });
}

function connect(client: unknown, answer: (request: WireRequest) => Incoming): void {
  const { config } = client as { config: { requestHandler: object } };
  config.requestHandler = guarded({
    metadata: { handlerProtocol: 'http/1.1' },
    handle: (request: Outgoing, { abortSignal }: { abortSignal?: AbortSignal } = {}) =>
      clock.during(() => unlessAborted(abortSignal, exchanged(request, answer))),
    destroy: () => {},
    updateHttpClientConfig: () => {},
    httpHandlerConfigs: () => ({}),
  });
}

/** One exchange: the request arrives in a later turn of the event loop, and so does the response. */
async function exchanged(request: Outgoing, answer: (request: WireRequest) => Incoming) {
  const { method, path, query, headers: sent, body: given = '' } = request;
  const body = typeof given === 'string' ? given : text.decode(given);
  const headers = Object.fromEntries(
    Object.entries(sent).map(([name, value]) => [name.toLowerCase(), value]),
  );
  await turnOfTheLoop();
  const reply = answer({ method, path, query, headers, body });
  if (reply.delayMs) await new Promise((resolve) => setTimeout(resolve, reply.delayMs));
  else await turnOfTheLoop();
  if (reply.drop) throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
  const sentBack = bytes.encode(reply.done ? JSON.stringify(reply.done) : reply.body);
  return { response: new HttpResponse({ statusCode: reply.status, headers: reply.headers, body: sentBack }) };
}
