import type { TokenRequest } from '../identity/issuer.ts';
import { parseJson } from '../json-http.ts';

/** A member of the simulated audience, with a token of their own, valid for one meeting. */
export interface Member {
  sub: string;
  role: 'host' | 'presenter' | 'viewer';
  token?: Promise<string>;
}

export interface Reply {
  /** 0 if no response came. */
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: JSON of the shape that the contract gives to each route
  body: any;
  /** The API's Retry-After. */
  retryAfterMs?: number;
}

/** Sends one request to a route of a meeting; `/join` and the like follow its name. */
export type Ask = (member: Member, line: `${string} ${string}` | string, body?: object) => Promise<Reply>;

/** The addresses and the token source that the load generator needs. */
export interface Endpoints {
  api: string;
  chime: string;
  token: (request: TokenRequest) => Promise<string>;
}

/** Sends requests to the API over HTTP, as a browser would. A missing response becomes status 0. */
export function askingAbout(externalMeetingId: string, { api, token }: Endpoints): Ask {
  const base = `${api}/meetings/${encodeURIComponent(externalMeetingId)}`;
  return async (member, line, body) => {
    const [method = 'GET', path = ''] = line.split(' ');
    const { sub, role } = member;
    member.token ??= token({ sub, role, meeting: externalMeetingId });
    const headers = { authorization: `Bearer ${await member.token}`, 'content-type': 'application/json' };
    const sent = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    return fetch(base + path, sent)
      .then(replyOf)
      .catch(() => ({ status: 0, body: undefined }));
  };
}

async function replyOf(response: Response): Promise<Reply> {
  const body = parseJson(await response.text()) as Reply['body'];
  const seconds = Number(response.headers.get('retry-after') ?? 0);
  const retryAfterMs = body?.retryAfterMs ?? seconds * 1000;
  return { status: response.status, body, ...(retryAfterMs > 0 && { retryAfterMs }) };
}
