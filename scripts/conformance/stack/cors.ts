/** What a page of another origin sees of one response. */
export interface CorsFinding {
  request: string;
  /** Absent if no response came. */
  status?: number;
  /** The headers that begin with `access-control-`. */
  headers: Record<string, string>;
}

/** The address of a stack, and the origin of a page that calls it. */
interface Pages {
  url: string;
  origin: string;
}

/**
 * Sends requests with an `Origin` that API Gateway itself answers, and keeps the CORS headers. A browser hides a response
 * without `access-control-allow-origin` from its page, whose `fetch` rejects with a TypeError.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
export async function corsOf({ url, origin }: Pages, signal: AbortSignal): Promise<CorsFinding[]> {
  const preflight = {
    'access-control-request-method': 'GET',
    'access-control-request-headers': 'authorization',
  };
  const asked: [request: string, path: string, init: RequestInit][] = [
    ['preflight', '/meetings/balcony-conformance', { method: 'OPTIONS', headers: preflight }],
    ['bad token', '/meetings/balcony-conformance', { headers: { authorization: 'Bearer bad' } }],
    ['no token', '/meetings/balcony-conformance', {}],
    ['unknown route', '/balcony-conformance', {}],
  ];
  return Promise.all(
    asked.map(async ([request, path, init]) => {
      const headers = { ...init.headers, origin };
      const answer = await fetch(`${url}${path}`, { ...init, headers, signal }).catch(() => undefined);
      await answer?.body?.cancel();
      return { request, ...(answer && { status: answer.status }), headers: corsHeaders(answer?.headers) };
    }),
  );
}

function corsHeaders(headers: Headers = new Headers()): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-')));
}

/** The findings, for a reader. */
export function corsReport(origin: string, findings: CorsFinding[]): string[] {
  const told = findings.map(({ request, status, headers }) => {
    const names = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    return `  ${request.padEnd(22)}${String(status ?? '-').padStart(7)}     ${names.join(', ') || 'no CORS headers'}`;
  });
  return [`CORS headers for a page of ${origin}:`, ...told];
}
