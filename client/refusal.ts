/** Every code of the contract. */
export type RefusalCode =
  | 'BAD_REQUEST'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'BANNED'
  | 'MEETING_NOT_FOUND'
  | 'NOT_PROMOTED'
  | 'NOT_JOINED'
  | 'ON_STAGE'
  | 'MEETING_FULL'
  | 'STAGE_FULL'
  | 'NOWHERE_ELSE'
  | 'MEETING_ENDED'
  | 'PAYLOAD_TOO_LARGE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'TOO_MANY_REQUESTS'
  | 'INTERNAL'
  | 'UPSTREAM_UNAVAILABLE';

/** The members of a problem document (RFC 9457) that the client reads. */
interface Problem {
  detail: string;
  code: RefusalCode;
  requestId: string;
  field?: string;
}

/** A gateway in front of the service may refuse with its own body, without a code. */
const CODES: Readonly<Record<number, RefusalCode>> = {
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'TOO_MANY_REQUESTS',
  503: 'UPSTREAM_UNAVAILABLE',
  504: 'UPSTREAM_UNAVAILABLE',
};

/** The service declined, or cannot answer. `code` is the contract; the message may change. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly status: number;
  readonly detail: string;
  /** The path of the offending field, if there is one. */
  readonly field?: string;
  /** The id to quote when reporting an error of the service. */
  readonly requestId?: string;
  /** The delay before a retry, in milliseconds, if the service gives one. */
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

  /**
   * Whether the same request may succeed in a moment: the service is busy (429) or failed (5xx), or the response has no
   * code of the contract, so that it comes from something in front of the service. A 401 is final, whatever sent it.
   */
  get isPassing(): boolean {
    return !this.#isCoded || this.status === 429 || this.status >= 500;
  }
}

/** The refusal in a response that is not ok. */
export async function refusalOf(answer: Response): Promise<Refusal> {
  const problem = (await answer.json().catch(() => ({}))) as Partial<Problem>;
  return new Refusal(answer.status, problem, retryAfterMs(answer));
}

function retryAfterMs({ headers }: Response): number | undefined {
  const seconds = Number(headers.get('retry-after'));
  return seconds > 0 ? seconds * 1000 : undefined;
}
