/** A request as the emulator sees it, independent of the transport. Header names are lower case. */
export interface Request {
  method: string;
  /** Percent-encoded, without the query. */
  path: string;
  query: Record<string, string>;
  headers: Record<string, string | undefined>;
  body: string;
}

/** A response, with instructions for the transport. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** Send it, or drop it, this much later. */
  delayMs?: number;
  /** The response is lost: close the connection without sending it. */
  drop?: true;
}

/** Builds a JSON response. */
export function jsonReply(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}
