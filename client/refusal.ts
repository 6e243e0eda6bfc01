import type { Problem } from '../lib/contract/problem.ts';
import type { RefusalCode } from '../lib/refusals.ts';

/** A gateway in front of the service may refuse in its own words, without a code. */
const CODES: Readonly<Record<number, RefusalCode>> = {
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'TOO_MANY_REQUESTS',
  503: 'UPSTREAM_UNAVAILABLE',
  504: 'UPSTREAM_UNAVAILABLE',
};

/** The service understood and declined, or is not able to answer. `code` is the contract; words may change. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly status: number;
  readonly detail: string;
  /** The path of the offending field, where there is one. */
  readonly field?: string;
  /** To quote when something broke. */
  readonly requestId?: string;
  /** When to ask again, in milliseconds, where the service says so. */
  readonly retryAfterMs?: number;
  readonly #isCoded: boolean;

  constructor(status: number, problem: Partial<Problem>, retryAfterMs?: number) {
    super(problem.detail || `The service answered with ${status}`);
    this.name = 'Refusal';
    this.status = status;
    this.code = problem.code ?? CODES[status] ?? (status < 500 ? 'BAD_REQUEST' : 'INTERNAL');
    this.detail = this.message;
    if (problem.field) this.field = problem.field;
    if (problem.requestId) this.requestId = problem.requestId;
    if (retryAfterMs) this.retryAfterMs = retryAfterMs;
    this.#isCoded = problem.code !== undefined || status === 401; // a 401 is always about the token
  }

  /** May the same request succeed in a moment: is the service busy or broken, or did something in front of it answer? */
  get isPassing(): boolean {
    return !this.#isCoded || this.status === 429 || this.status >= 500;
  }
}

/** What an answer that is not ok was refused with. */
export async function refusalOf(answer: Response): Promise<Refusal> {
  const problem = (await answer.json().catch(() => ({}))) as Partial<Problem>;
  return new Refusal(answer.status, problem, retryAfterMs(answer));
}

function retryAfterMs({ headers }: Response): number | undefined {
  const seconds = Number(headers.get('retry-after'));
  return seconds > 0 ? seconds * 1000 : undefined;
}
