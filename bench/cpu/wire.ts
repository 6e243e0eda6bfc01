import { HttpResponse } from '@smithy/core/protocols';
import { chime } from '../../lib/chime/client.ts';
import { type Container, createContainer, useContainer } from '../../lib/container.ts';
import { guarded } from '../../lib/deadline.ts';
import { table } from '../../lib/store/table.ts';
import type { ServiceName, WireRequest } from '../../simulation/aws/wire.ts';
import type { Deployment } from '../../simulation/deployment/deployment.ts';

/** A command, and the client that sent it. */
export interface Sent {
  client: Client;
  command: Command;
}

/** A container that is measured, and the stand-ins of DynamoDB and Chime that answer it. */
export interface Measured {
  container: Container;
  /** Processor time of the stand-ins so far (milliseconds). It is not the container's. */
  standInsMs: number;
  /** All commands since this was set to an empty list. */
  sent: Sent[] | undefined;
  /** The replies to them, by request. */
  replies: Map<string, HttpResponse[]>;
  /** Repeats the recorded replies instead of asking the stand-ins. */
  isReplay: boolean;
}

interface Command {
  input: object;
  constructor: unknown;
}
interface Client {
  config: { requestHandler: object };
  send: (command: Command) => Promise<unknown>;
}
type Outgoing = Omit<WireRequest, 'body'> & { body?: string | Uint8Array };

/**
 * A new container whose SDK clients do everything that they do on Lambda, signatures included, except for the socket: the bytes of
 * a request go to a stand-in in this process, and its reply comes back as bytes.
 */
export function measuredContainer(deployment: Deployment): Measured {
  const container = createContainer();
  useContainer(container);
  const measured: Measured = {
    container,
    standInsMs: 0,
    sent: undefined,
    replies: new Map(),
    isReplay: false,
  };
  const clients: [object, ServiceName][] = [
    [table(), 'dynamodb'],
    [chime().repeatable, 'chime'],
    [chime().once, 'chime'],
  ];
  for (const [client, service] of clients) {
    const answer = (request: Outgoing) => answered(deployment, service, request);
    connect(client as Client, measured, answer);
  }
  return measured;
}

function connect(client: Client, measured: Measured, answer: (request: Outgoing) => HttpResponse): void {
  const handle = async (request: Outgoing) => {
    const before = process.cpuUsage();
    const response = measured.isReplay ? repeated(measured, request) : answer(request);
    if (measured.sent) remember(measured, { request, response });
    measured.standInsMs += cpuMsSince(before);
    return { response: new HttpResponse(response) };
  };
  client.config.requestHandler = guarded({
    metadata: { handlerProtocol: 'http/1.1' },
    handle,
    destroy: () => {},
  });
  const send = client.send.bind(client);
  client.send = (command) => {
    measured.sent?.push({ client, command });
    return send(command);
  };
}

const [bytes, text] = [new TextEncoder(), new TextDecoder()];
const textOf = ({ body = '' }: Outgoing) => (typeof body === 'string' ? body : text.decode(body));

function answered({ dynamo, chime }: Deployment, service: ServiceName, request: Outgoing): HttpResponse {
  const { method, path, query, headers } = request;
  const whole = { method, path, query, headers, body: textOf(request) };
  const { status, headers: given, body, done } = (service === 'dynamodb' ? dynamo : chime).answer(whole);
  const sentBack = bytes.encode(done ? JSON.stringify(done) : body);
  return new HttpResponse({ statusCode: status, headers: given, body: sentBack });
}

const keyOf = (request: Outgoing) =>
  [request.method, request.path, request.headers['x-amz-target'], textOf(request)].join('\n');

function remember(
  { replies }: Measured,
  { request, response }: { request: Outgoing; response: HttpResponse },
): void {
  const key = keyOf(request);
  replies.set(key, [...(replies.get(key) ?? []), response]);
}

/** The recorded replies to one request, in their order. */
function repeated({ replies }: Measured, request: Outgoing): HttpResponse {
  const next = replies.get(keyOf(request))?.shift();
  if (!next) throw new Error(`No reply was recorded to ${keyOf(request)}`);
  return next;
}

/** Processor time of this process, of all its threads (milliseconds). */
export function cpuMsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
