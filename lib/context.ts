/** What a person may do. Hosts manage; hosts and presenters sit in the primary; viewers sit in replicas. */
export type Role = 'host' | 'presenter' | 'viewer';

/** Who asks, as their verified token says. */
export interface Caller {
  externalUserId: string;
  role: Role;
  /** What the token says to call the person; read only where a setting names the claim. */
  displayName?: string;
  /** The only externalMeetingId this token is good for; absent means any. */
  meeting?: string;
}

/** Where the network says the caller is. Filled only when a setting says that these headers can be trusted. */
export interface ViewerLocation {
  latitude?: number;
  longitude?: number;
  /** ISO 3166-1 alpha-2. */
  country?: string;
}

/** One request as a flow sees it: who asks, and the time and randomness it may use. */
export interface RequestContext {
  caller: Caller;
  requestId: string;
  location: ViewerLocation;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** A number in [0, 1). */
  random: () => number;
  /** Let some milliseconds pass. */
  pause: (ms: number) => Promise<void>;
}

/** What a flow gives back: a status, a JSON body unless there is none, and when to ask again. */
export interface Answer {
  status: number;
  body?: unknown;
  /** Milliseconds; becomes `Retry-After` in whole seconds. */
  retryAfterMs?: number;
}

/** A verb: what was asked, already parsed by its contract, to an answer. */
export type Flow<Request> = (request: Request, context: RequestContext) => Promise<Answer>;
