import type { Handler } from '../../lib/http.ts';
import type { Deployment } from './deployment.ts';
import { LATENCY_MS } from './latency.ts';

/** A response as the client received it, and the time after which it may retry (milliseconds). */
export interface Answered {
  status: number;
  body: string;
  retryAfterMs: number | undefined;
}

const isFailure = (status: number) => status === 429 || status >= 500;
/** The pause where a failure names none. */
const UNLESS_TOLD_MS = 1000;

/** Sends one request over the network, there and back. */
export async function ask(deployment: Deployment, handler: Handler, event: object): Promise<Answered> {
  const half = deployment.latency(LATENCY_MS.client) / 2;
  await deployment.wait(half);
  const { statusCode: status, headers, body = '' } = await deployment.invoke(handler, event);
  await deployment.wait(half);
  return { status, body, retryAfterMs: toldOf(status, headers, body) };
}

/**
 * The time after which the response tells its client to retry (milliseconds): the exact one in the body, if there is
 * one, else the whole seconds of the header. Undefined if the response is neither a wait nor a failure.
 */
function toldOf(status: number, headers: Record<string, string>, body: string): number | undefined {
  if (status !== 202 && !isFailure(status)) return undefined;
  const { retryAfterMs } = JSON.parse(body || '{}') as { retryAfterMs?: number };
  const seconds = headers['retry-after'];
  return retryAfterMs ?? (seconds ? Number(seconds) * 1000 : isFailure(status) ? UNLESS_TOLD_MS : undefined);
}
