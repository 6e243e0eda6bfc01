import type { Flow } from '../../lib/context.ts';
import type { Problem } from '../../lib/contract/answers/problem.ts';
import type { Operation, RequestOf } from '../../lib/contract/operation.ts';
import { operations } from '../../lib/contract.ts';
import { type Deps, endpoint } from '../../lib/http.ts';
import { readSettings } from '../../lib/settings.ts';

export const context = { awsRequestId: 'request-1' };

/** Deps with a fixed clock and a recorded log. */
export function stillWorld(env: Record<string, string> = {}): Deps & { lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = [];
  const settings = readSettings(env);
  return {
    lines,
    now: () => 1000,
    random: () => 0.5,
    pause: async () => {},
    settings: () => settings,
    write: (line) => void lines.push(JSON.parse(line)),
  };
}

export interface Asked {
  claims?: unknown;
  params?: Record<string, string>;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: string;
  isBase64Encoded?: boolean;
}

/** An API Gateway event, payload 2.0: by default a host at the meeting `hall`. */
export function event(asked: Asked = {}) {
  const { claims = { sub: 'ada', role: 'host' }, params = { externalMeetingId: 'hall' } } = asked;
  return {
    version: '2.0',
    headers: { 'content-type': 'application/json', ...asked.headers },
    pathParameters: params,
    queryStringParameters: asked.query,
    requestContext: { authorizer: { jwt: { claims } } },
    body: asked.body,
    isBase64Encoded: asked.isBase64Encoded ?? false,
  };
}

/** Send one event through the shell of an operation, to a flow that echoes unless another is given. */
export async function send<Op extends Operation>(
  operation: Op,
  asked: unknown,
  { flow = echo, deps = stillWorld() }: { flow?: Flow<RequestOf<Op>>; deps?: Deps } = {},
) {
  const result = await endpoint(operation, flow, deps)(asked, context);
  return { ...result, json: result.body === undefined ? undefined : JSON.parse(result.body) };
}

/** The refusal of a refused event. */
export async function refused(operation: Operation, asked: unknown): Promise<Problem> {
  const { json } = await send(operation, asked);
  return json;
}

const echo: Flow<unknown> = async (request, { caller }) => ({ status: 200, body: { request, caller } });

export const { createMeeting, joinMeeting, listAttendees, getAttendee, muteAll } = operations;
