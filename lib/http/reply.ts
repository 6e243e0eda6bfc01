import type { Answer } from '../context.ts';
import type { Problem } from '../contract/answers/problem.ts';
import { Refusal, type RefusalCode, refusalRow } from '../refusals.ts';
import { isOutage } from './outage.ts';

/** The response of an HTTP API to API Gateway (payload 2.0). */
export interface Reply {
  statusCode: number;
  headers: Record<string, string>;
  body?: string;
}

/** The HTTP response of a flow's answer. */
export function reply({ status, body, csv, nextPage, retryAfterMs }: Answer): Reply {
  const headers = { 'cache-control': 'no-store', ...retryAfter(retryAfterMs) };
  if (csv !== undefined) return csvReply({ status, csv, nextPage, headers });
  if (body === undefined) return { statusCode: status, headers };
  return {
    statusCode: status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}

interface CsvAnswer {
  status: number;
  csv: string;
  nextPage: Answer['nextPage'];
  headers: Record<string, string>;
}

/** A page of CSV. The next one is named by a `Link` (https://www.rfc-editor.org/rfc/rfc8288), relative to the path of this one. */
function csvReply({ status, csv, nextPage, headers }: CsvAnswer): Reply {
  const link = nextPage && { link: `<?${new URLSearchParams(nextPage)}>; rel="next"` };
  return {
    statusCode: status,
    headers: { 'content-type': 'text/csv; charset=utf-8', vary: 'accept', ...headers, ...link },
    body: csv,
  };
}

/** The refusal of an error: 503 for an outage, so that the client retries; 500 for a bug. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  return new Refusal(isOutage(error) ? 'UPSTREAM_UNAVAILABLE' : 'INTERNAL', { cause: error });
}

/** The HTTP response of a refusal: a problem document. Codes of 500 and above reveal only the text of their row. */
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

/** Whole seconds, at least 1: a client that reads 0 would retry at once. */
function retryAfter(ms: number | undefined): Record<string, string> {
  return ms === undefined ? {} : { 'retry-after': String(Math.max(1, Math.ceil(ms / 1000))) };
}
