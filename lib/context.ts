/** The role of a person. Hosts manage; hosts and presenters join the primary; viewers join replicas. */
export type Role = 'host' | 'presenter' | 'viewer';

/** The caller, as the verified token says. */
export interface Caller {
  externalUserId: string;
  role: Role;
  /** The display name in the token; read only if a setting names the claim. */
  displayName?: string;
  /** The only externalMeetingId that the token is valid for; absent means any. */
  meeting?: string;
}

/** The caller's location by trusted headers. Empty unless a setting declares the headers trusted. */
export interface ViewerLocation {
  latitude?: number;
  longitude?: number;
  /** ISO 3166-1 alpha-2. */
  country?: string;
}

/** The context of one request: the caller, and the time and randomness that a flow may use. */
export interface RequestContext {
  caller: Caller;
  requestId: string;
  location: ViewerLocation;
  /** The header `Accept`, if there is one. */
  accept?: string | undefined;
  /** Milliseconds since the Unix epoch. */
  now: () => number;
  /** A number in [0, 1). */
  random: () => number;
  /** Wait for some milliseconds. */
  pause: (ms: number) => Promise<void>;
}

/** The result of a flow: a status, an optional JSON body, and when to retry. */
export interface Answer {
  status: number;
  body?: unknown;
  /** The body of a route that can also answer CSV, in place of `body`. */
  csv?: string;
  /** The query of the next page of a list that is answered as CSV. It becomes the header `Link`. */
  nextPage?: Record<string, string>;
  /** Milliseconds; becomes `Retry-After` in whole seconds. */
  retryAfterMs?: number;
}

/** A flow: from a request that the contract has parsed to an answer. */
export type Flow<Request> = (request: Request, context: RequestContext) => Promise<Answer>;
