import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import type { Caller, Flow, RequestContext } from './context.ts';
import type { RequestOf, Route } from './contract/operation.ts';
import { type Deadline, runRequest } from './deadline.ts';
import { admit } from './http/entrance.ts';
import { floodGate } from './http/flood.ts';
import { type Incoming, incoming, locationOf } from './http/incoming.ts';
import { jsonBody, limitBody } from './http/json-body.ts';
import { parse } from './http/parse.ts';
import { problemReply, type Reply, refusalOf, reply } from './http/reply.ts';
import { isWanted, type Line, logLine, notesOf } from './log.ts';
import { measure, writeMetrics } from './metrics.ts';
import { Refusal } from './refusals.ts';
import { type Settings, settings } from './settings.ts';

/** The dependencies of a handler; tests pass their own. */
export interface Deps {
  now: () => number;
  random: () => number;
  pause: (ms: number) => Promise<void>;
  settings: () => Settings;
  write: (line: string) => void;
}

/** The dependencies of a deployed handler. */
export const deployed: Deps = {
  now: Date.now,
  random: Math.random,
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  settings,
  write: (line) => void process.stdout.write(line),
};

/** A Lambda function behind an HTTP API. */
export type Handler = (event: unknown, context: unknown) => Promise<Reply>;

/** Time to respond 503 before Lambda stops the function. */
const TIMEOUT_EARLY_MS = 250;
const JOIN = 'POST /meetings/{externalMeetingId}/join';

/**
 * A handler for one route: it authorizes the caller, parses the request, runs the flow, and responds. For any event
 * and any error, the response has the shape of the contract. No error escapes, because serverless-offline turns it
 * into a 200 with a stack trace.
 */
export function endpoint<Op extends Route>(
  operation: Op,
  flow: Flow<RequestOf<Op>>,
  deps: Deps = deployed,
): Handler {
  const pass = floodGate();
  const shell = middy<Incoming, Reply>({ timeoutEarlyInMillis: TIMEOUT_EARLY_MS })
    .before(({ event }) => limitBody(event))
    .before(({ event }) => {
      const caller = admit(operation, event, deps.settings());
      if (!operation.open) pass(caller, deps.now(), rateOf(operation, deps.settings()));
      event.context = contextOf(caller, event, deps);
    })
    .before(async ({ event }) => {
      if (!operation.open) event.json = await jsonBody(event);
    })
    .handler(async (event: Incoming) =>
      reply(await flow(parse(operation, event), event.context as RequestContext)),
    )
    .after(({ event, response }) => record(operation, deps, { event, response }))
    .onError((request) => {
      const { event, error } = request;
      request.response = problemReply(refusalOf(error), event.requestId);
      record(operation, deps, { event, response: request.response, error });
    });
  return (event, context) =>
    runRequest(deadlineOf(context, deps), () => run(shell, incoming(event, context, deps.now()), context));
}

/** The deadline of a function: it may send requests until it responds 503 itself. */
export function deadlineOf(context: unknown, { now }: Pick<Deps, 'now'>): Deadline {
  const { getRemainingTimeInMillis } = (context ?? {}) as Partial<Context>;
  if (!getRemainingTimeInMillis) return { until: Number.POSITIVE_INFINITY, now };
  return { until: now() + getRemainingTimeInMillis.call(context) - TIMEOUT_EARLY_MS, now };
}

/** The most requests per second of one person; 0 means no limit. */
const rateOf = ({ mostPerSecond = Number.POSITIVE_INFINITY }: Route, { requestsPerPerson }: Settings) =>
  Math.min(requestsPerPerson, mostPerSecond);

type Shell = (event: Incoming, context: Context) => Promise<Reply>;

async function run(shell: Shell, event: Incoming, context: unknown): Promise<Reply> {
  try {
    return await shell(event, (context ?? {}) as Context);
  } catch (error) {
    return problemReply(new Refusal('INTERNAL', { cause: error }), event.requestId);
  }
}

function contextOf(caller: Caller, { requestId, headers }: Incoming, deps: Deps): RequestContext {
  const { now, random, pause } = deps;
  const location = deps.settings().trustViewerHeaders ? locationOf(headers) : {};
  return { caller, requestId, location, accept: headers.accept, now, random, pause };
}

interface Outcome {
  event: Incoming;
  response: Reply | null;
  error?: unknown;
}

/** Write the log line of this request. A refusal below 500 is a regular outcome: its code is enough. */
function record(operation: Route, deps: Deps, { event, response, error }: Outcome): void {
  const refusal = error === undefined ? undefined : refusalOf(error);
  const status = response?.statusCode ?? 500;
  const line = {
    ...notesOf(event.context),
    requestId: event.requestId,
    route: `${operation.method} ${operation.path}`,
    externalMeetingId: event.params.externalMeetingId,
    status,
    code: refusal?.code,
    durationMs: deps.now() - event.startedAt,
  };
  if (isWanted(line, logLevelOf(deps))) deps.write(logLine(line, status >= 500 ? error : undefined));
  countAnswer(line);
  writeMetrics(deps);
}

/** Count the outcome of a join, and measure the time of one that gave a seat. */
function countAnswer({ route, outcome, reason, code, durationMs }: Line): void {
  if (route !== JOIN) return;
  measure('JoinAnswered', 1, { outcome: String(code ?? reason ?? outcome ?? 'failed') });
  if (outcome === 'joined') measure('TimeToSeatMs', durationMs as number);
}

/** The log level; `info` if the settings are invalid, so that this error is logged. */
function logLevelOf(deps: Deps): Settings['logLevel'] {
  try {
    return deps.settings().logLevel;
  } catch {
    return 'info';
  }
}
