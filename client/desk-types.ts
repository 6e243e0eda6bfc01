import type { Drain, MediaRegion, Person, Role, Topology } from './types.ts';

/** Selects a page of a list; the first one without a cursor. */
export interface Page {
  limit?: number;
  cursor?: string;
}

/** Selects a page of the meetings of one status: live ones without it. */
export interface MeetingsPage extends Page {
  status?: Topology['status'];
}

/** One meeting of a list. */
export interface ListedMeeting {
  externalMeetingId: string;
  status: Topology['status'];
  epoch: number;
  /** When the event starts (RFC 3339, UTC), if its host said so. */
  startsAt?: string;
  /** Since when the curtain is open. */
  liveSince?: string;
  /** How many viewers hold a seat. */
  viewers: number;
  /** How many replicas are open or being opened. */
  replicas: number;
}

/** One page of meetings. It may be shorter than `limit`, and still have a next one. */
export interface MeetingPage {
  meetings: ListedMeeting[];
  cursor?: string;
}

/** One participant, without any token. */
export interface Attendee extends Person {
  role: Role;
  /** The media region of their meeting. */
  mediaRegion?: MediaRegion;
  /** The number of their replica; absent on stage. */
  ordinal?: number;
  joinedAt: string;
  promoted: boolean;
  handRaisedAt?: string;
  /** The last event of Chime about their connection; `expected` until there is one. Events may be late or lost. */
  presence: 'expected' | 'present' | 'dropped' | 'left';
}

/** A place that was compared for a viewer. */
export interface Candidate {
  [member: string]: unknown;
  /** Absent if the candidate is a new replica in this media region. */
  ordinal?: number;
  mediaRegion: MediaRegion;
  /** The round trip from the viewer. */
  rttMs: number;
  /** What a new replica here would have saved the viewers so far, in viewers times milliseconds. */
  sparesMs?: number;
  /** What a new replica must save to be opened. */
  priceMs?: number;
  /** Why the viewer was not placed here. */
  passedOver?: string;
}

/** One participant; with `explain` also the recorded placement. */
export interface ExplainedAttendee extends Attendee {
  placement?: {
    [member: string]: unknown;
    kind: 'primary' | 'replica';
    reason: string;
    candidates?: Candidate[];
    /** All inputs of the decision. The same inputs give the same decision. */
    decidedBy?: { [member: string]: unknown };
  };
}

export interface AttendeePage {
  attendees: Attendee[];
  /** Selects the next page; absent on the last one. */
  cursor?: string;
}

/** Oldest first. */
export interface HandPage {
  hands: (Person & { raisedAt: string })[];
  cursor?: string;
}

export interface BanPage {
  bans: (Person & { bannedAt: string })[];
  cursor?: string;
}

/** The progress of a drain. With `retryAfterMs` the request may be repeated to continue at once. */
export interface DrainProgress extends Drain {
  retryAfterMs?: number;
}

/** How many viewers are expected in each media region. */
export type Seats = { [Region in MediaRegion]?: number };

/** The plan for a forecast, and its progress. */
export interface SeatsPlan {
  status: 'waiting-for-primary' | 'opening' | 'ready';
  detail: string;
  plan: {
    mediaRegion: MediaRegion;
    /** How many viewers are expected here. */
    asked: number;
    /** How many replicas are planned here. */
    replicas: number;
    /** How many of these are open. */
    open: number;
    /** How many seats the open replicas have. */
    minted: number;
  }[];
  asked: number;
  /** Less than requested if replicas do not suffice: raise `maxReplicas`. */
  planned: number;
  minted: number;
  retryAfterMs?: number;
}

/** Selects a life of the name by its `openedAt`; the latest one without it. */
export interface OfLife {
  life?: string;
}

export interface LifePage extends Page, OfLife {}

/** One life of a name: from its creation or reopening to its end. */
export interface Life {
  openedAt: string;
  endedAt?: string;
}

/** When one person was connected. */
export interface Attended {
  externalUserId: string;
  role: Role;
  /** The media region of the latest connection. */
  mediaRegion?: MediaRegion;
  /** `to` is absent while the person is connected. `estimated`: an end is inferred, because no event of Chime reported it. */
  intervals: { from: string; to?: string; on: 'stage' | 'audience'; estimated?: boolean }[];
  /** A time with two connections counts once. */
  seconds: number;
  stageSeconds: number;
}

/** One page of people who were connected. It may be shorter than `limit`, and still have a next one. */
export interface AttendancePage {
  /** Absent if nobody ever opened the meeting. */
  life?: Life;
  attendance: Attended[];
  cursor?: string;
}

/** How much one life of a name was used. */
export interface Usage {
  /** Absent if nobody ever opened the meeting. */
  life?: Life;
  people: number;
  /** How many connections they made: a reconnection is another one. */
  joins: number;
  attendeeMinutes: { audience: number; stage: number; total: number; estimated: number };
  byMediaRegion: Record<string, number>;
  /** The most viewers who were connected at once, and since when. */
  peak?: { viewers: number; at: string };
  /** Refused joins by code: at least these. */
  refusals: Record<string, number>;
  epochs: number;
  replicas: number;
  /** Absent if the deployment has no price. */
  cost?: { amount: number; currency: string };
  /** The known lives of the name, the latest first. */
  lives: Life[];
}
