import type * as z from 'zod/mini';
import type { operations } from '../lib/contract.ts';

type Operations = typeof operations;
type BodyOf<Name extends keyof Operations> = Operations[Name] extends {
  body: infer Body extends z.ZodMiniType;
}
  ? z.input<Body>
  : never;
type AnswerOf<Name extends keyof Operations, Status extends keyof Operations[Name]['answers']> = z.output<
  Operations[Name]['answers'][Status]
>;

/** Ready for `new MeetingSessionConfiguration(joined.Meeting, joined.Attendee)`. */
export type Joined = AnswerOf<'joinMeeting', 200>;
export type Topology = AnswerOf<'getMeeting', 200>;
export type AttendeePage = AnswerOf<'listAttendees', 200>;
export type Attendee = AnswerOf<'getAttendee', 200>;
export type HandPage = AnswerOf<'listHands', 200>;
export type BanPage = AnswerOf<'listBans', 200>;
export type Promotion = AnswerOf<'getPromotion', 200>;
export type SeatsPlan = AnswerOf<'provisionSeats', 202>;

export type MeetingOptions = BodyOf<'createMeeting'>;
export type JoinBody = BodyOf<'joinMeeting'>;
export type MediaRegion = NonNullable<JoinBody['mediaRegion']>;
export type Capabilities = NonNullable<JoinBody['capabilities']>;
export type Seats = BodyOf<'provisionSeats'>['seats'];

/** Selects a page of a list; the first one without a cursor. */
export interface Page {
  limit?: number;
  cursor?: string;
}

/**
 * Why a join has no seat yet. `busy` is a 429 or a 503: a rate limit or an overload. `unreachable`: the service was not
 * reached or failed, or something in front of it answered.
 */
export interface Waiting {
  reason: AnswerOf<'joinMeeting', 202>['reason'] | 'busy' | 'unreachable';
  /** The delay before the next attempt, in milliseconds. */
  retryAfterMs: number;
  /** What keeps the meeting from being opened; only hosts and presenters get it. */
  detail?: string;
}

export interface JoinOptions extends JoinBody {
  /** Ends the waiting; the promise is rejected with the signal's reason. */
  signal?: AbortSignal;
  /** Called before each wait. */
  onWaiting?: (waiting: Waiting) => void;
}
