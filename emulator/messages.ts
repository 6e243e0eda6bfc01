/** A request as the emulator sees it, whatever carried it. Header names are lower case. */
export interface Request {
  method: string;
  /** Percent-encoded, without the query. */
  path: string;
  query: Record<string, string>;
  headers: Record<string, string | undefined>;
  body: string;
}

/** An answer, and what the carrier has to do to it. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** Send it, or drop it, so much later. */
  delayMs?: number;
  /** The answer is lost: close the connection without a word. */
  drop?: true;
}

/** An answer in JSON. */
export function jsonReply(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}
