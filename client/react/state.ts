import { type Joined, Refusal, type Waiting } from '../balcony.ts';
import { mayRejoin } from '../stay/after-stop.ts';
import type { StopCode } from '../stay/chime.ts';

/** Where a join is. */
type Progress =
  | { state: 'joining' }
  /** There is no seat yet; the client asks again by itself. */
  | { state: 'waiting'; waiting: Waiting }
  /** The manager has the meeting and the attendee. */
  | { state: 'joined'; joined: Joined }
  /** The session stopped for a reason that is not final; the client joins again by itself. */
  | { state: 'interrupted'; stopped: StopCode }
  /** The service's final answer, such as BANNED or MEETING_ENDED. */
  | { state: 'refused'; refusal: Refusal }
  /** An error that is not the service's, such as one of the token function. */
  | { state: 'failed'; error: unknown }
  /** The session stopped for good: the person left, joined elsewhere, or was removed. */
  | { state: 'left'; stopped: StopCode };

/** The state of a person in a meeting. */
export type MeetingState = Progress & {
  /** A raised hand stays up when the meeting is interrupted. */
  isHandUp: boolean;
  /** The person's own media goes to the primary: a host, a presenter, or a promoted viewer. */
  isOnStage: boolean;
};

/** What happened to the person. */
export type MeetingEvent =
  | { kind: 'begun' }
  | { kind: 'waiting'; waiting: Waiting }
  | { kind: 'joined'; joined: Joined }
  | { kind: 'hand'; isUp: boolean }
  | { kind: 'stage'; isOn: boolean }
  | { kind: 'stopped'; code: StopCode }
  | { kind: 'failed'; error: unknown };

export const START: MeetingState = { state: 'joining', isHandUp: false, isOnStage: false };

const ENDS: readonly MeetingState['state'][] = ['refused', 'failed', 'left'];

/** The state after an event. A join that has ended stays so until the next one begins. */
export function next(now: MeetingState, event: MeetingEvent): MeetingState {
  if (ENDS.includes(now.state) && event.kind !== 'begun') return now;
  const { isHandUp } = now;
  const seated = { isHandUp, isOnStage: false };
  switch (event.kind) {
    case 'begun':
      return START;
    case 'waiting':
      return { state: 'waiting', waiting: event.waiting, ...seated };
    case 'joined':
      return { state: 'joined', joined: event.joined, isHandUp, isOnStage: event.joined.role !== 'viewer' };
    case 'hand':
      return { ...now, isHandUp: event.isUp };
    case 'stage': // a granted promotion lowers the hand
      return now.state === 'joined'
        ? { ...now, isOnStage: event.isOn, isHandUp: isHandUp && !event.isOn }
        : now;
    case 'stopped':
      return mayRejoin(event.code)
        ? { state: 'interrupted', stopped: event.code, ...seated }
        : { ...START, state: 'left', stopped: event.code };
    case 'failed':
      return event.error instanceof Refusal
        ? { ...START, state: 'refused', refusal: event.error }
        : { ...START, state: 'failed', error: event.error };
  }
}
