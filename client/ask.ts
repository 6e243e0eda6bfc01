import { Refusal, refusalOf } from './refusal.ts';

export interface BalconyOptions {
  /** The root of the API. */
  url: string;
  /** A bearer token, or a function that returns one. The function is called before each request. */
  token: string | (() => string | Promise<string>);
}

export interface Question {
  method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  /** The path segments below `/meetings`: the meeting's name, and what follows it; none for the list. They get encoded. */
  path: readonly string[];
  query?: object | undefined;
  body?: object | undefined;
  signal?: AbortSignal | undefined;
  /** Lets the request outlive the page. Such a request uses the last token, without waiting for a new one. */
  keepalive?: boolean;
}

/** Sends one request to the service. Resolves to the body, if there is one; rejects with a Refusal. */
export type Ask = <Body = void>(question: Question) => Promise<Body>;

/**
 * Creates a function that sends requests with a token. Its errors never contain the token. A `TypeError` says that the
 * service was not reached, or that the response did not come from it.
 */
export function asker({ url, token }: BalconyOptions): Ask {
  let last: string | undefined;
  const fresh = async () => (last = typeof token === 'string' ? token : await token());
  const send = async ({ path, query, body, ...question }: Question, bearer: string) =>
    fetch(
      requestTo(url.replace(/\/+$/, '') + pathOf(path) + queryString(query), {
        ...(question as RequestInit),
        headers: { authorization: `Bearer ${bearer}`, ...(body && { 'content-type': 'application/json' }) },
        body: body ? JSON.stringify(body) : null,
      }),
    );

  return async <Body>(question: Question) => {
    const old = question.keepalive && last;
    let answer = await send(question, old || (await fresh()));
    if (old && answer.status === 401) answer = await send(question, await fresh());
    if (!answer.ok) throw await refusalOf(answer);
    return (answer.status === 204 ? undefined : await jsonOf(answer)) as Body;
  };
}

/** Builds a request. One that cannot be sent at all is a permanent error; the browser's own error might contain the token. */
function requestTo(url: string, init: RequestInit): Request {
  try {
    return new Request(url, init);
  } catch {
    throw new Error('The url or the token is not one that can be sent.');
  }
}

/** Parses a response. A proxy's page, or a truncated response, does not come from the service. */
function jsonOf(answer: Response): Promise<unknown> {
  return answer.json().catch((cause) => {
    throw new TypeError('What came is no answer of the service.', { cause });
  });
}

/**
 * The path of these segments. Names that would change on the way are refused: URL parsers resolve `.` and `..`, and API
 * Gateway decodes a slash.
 */
function pathOf(segments: readonly string[]): string {
  const at = segments.findIndex((segment) => /^\.{0,2}$|\//.test(segment));
  if (at < 0) return ['/meetings', ...segments.map(encodeURIComponent)].join('/');
  const field = at ? 'externalUserId' : 'externalMeetingId';
  const detail = `${field}: a path cannot carry ${JSON.stringify(segments[at])}`;
  throw new Refusal(400, { code: 'BAD_REQUEST', field, detail });
}

function queryString(query: object = {}): string {
  const text = String(new URLSearchParams(query as Record<string, string>));
  return text && `?${text}`;
}
