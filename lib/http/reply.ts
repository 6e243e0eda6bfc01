import type { Answer } from '../context.ts';
import type { Problem } from '../contract/problem.ts';
import { Refusal, type RefusalCode, refusalRow } from '../refusals.ts';
import { isOutage } from './outage.ts';

/** What API Gateway takes as the answer of an HTTP API (payload 2.0). */
export interface Reply {
  statusCode: number;
  headers: Record<string, string>;
  body?: string;
}

/** A flow's answer on the wire. */
export function reply({ status, body, retryAfterMs }: Answer): Reply {
  const headers = { 'cache-control': 'no-store', ...retryAfter(retryAfterMs) };
  if (body === undefined) return { statusCode: status, headers };
  return {
    statusCode: status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}

/** Every error as the refusal that its caller gets: an outage is worth another try, anything else is a bug. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  return new Refusal(isOutage(error) ? 'UPSTREAM_UNAVAILABLE' : 'INTERNAL', { cause: error });
}

/** A refusal on the wire: a problem document. Codes of 500 and above say only what their row says. */
export function problemReply(refusal: Refusal, requestId: string): Reply {
  const row = refusalRow(refusal.code);
  const problem: Problem = {
    type: problemType(refusal.code),
    title: row.title,
    status: row.status,
    detail: row.status >= 500 ? row.detail : wordsOf(refusal),
    code: refusal.code,
    requestId,
    ...(refusal.field === undefined ? {} : { field: refusal.field }),
  };
  const headers = {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    ...(row.status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    ...retryAfter(refusal.retryAfterMs ?? row.retryAfterMs),
  };
  return { statusCode: row.status, headers, body: JSON.stringify(problem) };
}

function wordsOf({ code, detail, field }: Refusal): string {
  const words = detail ?? refusalRow(code).detail;
  return field === undefined ? words : `${field}: ${words}`;
}

/** The stable URI reference of a code, with its full path: https://www.rfc-editor.org/rfc/rfc9457#section-3.1.1 */
export function problemType(code: RefusalCode): string {
  return `/problems/${code.toLowerCase().replaceAll('_', '-')}`;
}

/** Whole seconds, and never 0: a client that reads 0 asks again at once. */
function retryAfter(ms: number | undefined): Record<string, string> {
  return ms === undefined ? {} : { 'retry-after': String(Math.max(1, Math.ceil(ms / 1000))) };
}
