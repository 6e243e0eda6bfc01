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
  /** When to ask again, in milliseconds, where the service says so. */
  readonly retryAfterMs?: number;
  /** To quote when something broke. */
  readonly requestId?: string;

  constructor(status: number, { code, detail, ...more }: Partial<Refusal>) {
    super(detail || `The service answered with ${status}`);
    this.name = 'Refusal';
    this.status = status;
    this.code = code ?? CODES[status] ?? (status < 500 ? 'BAD_REQUEST' : 'INTERNAL');
    this.detail = this.message;
    Object.assign(this, more);
  }
}

/** What an answer that is not ok was refused with. */
export async function refusalOf(answer: Response): Promise<Refusal> {
  const { code, detail, field, requestId } = await answer.json().catch(() => ({}));
  const more = Object.entries({ field, requestId, retryAfterMs: retryAfterMs(answer) });
  const known = Object.fromEntries(more.filter(([, value]) => value !== undefined));
  return new Refusal(answer.status, { code, detail, ...known });
}

function retryAfterMs({ headers }: Response): number | undefined {
  const seconds = Number(headers.get('retry-after'));
  return seconds > 0 ? seconds * 1000 : undefined;
}
