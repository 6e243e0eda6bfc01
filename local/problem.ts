import { randomUUID } from 'node:crypto';
import { refusals } from '../lib/refusals.ts';

/** What is answered without a handler: our own refusals, and the path that leads nowhere. */
const problems = {
  ...refusals,
  NOT_FOUND: { status: 404, title: 'Not found', detail: 'No route has this method and path.' },
};

export type ProblemCode = 'NOT_FOUND' | 'UNAUTHENTICATED' | 'BAD_REQUEST' | 'PAYLOAD_TOO_LARGE' | 'INTERNAL';

/** The problem document for an answer that no handler gives. */
export function problem(code: ProblemCode) {
  const { status, title, detail } = problems[code];
  return { type: 'about:blank', title, status, detail, code, requestId: randomUUID() };
}

/** The code for a status that the HTTP server chose by itself. */
export function codeOfStatus(status: number): ProblemCode {
  if (status === 404) return 'NOT_FOUND';
  if (status === 413) return 'PAYLOAD_TOO_LARGE';
  return status < 500 ? 'BAD_REQUEST' : 'INTERNAL';
}
