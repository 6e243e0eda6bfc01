import type { AudioVideoFacade } from 'amazon-chime-sdk-js';
import type { ClientEvent, FailureCode, Waiting } from '../types.ts';
import type { StopCode } from './chime.ts';

/** The ends of a session that are no failures. */
const ENDS = [
  'OK',
  'Left',
  'AudioJoinedFromAnotherDevice',
  'AudioAttendeeRemoved',
  'AudioVideoWasRemovedFromPrimaryMeeting',
  'MeetingEnded',
  'VideoCallSwitchToViewOnly',
] as const satisfies readonly StopCode[];

const isFailure = (code: StopCode): code is Exclude<StopCode, (typeof ENDS)[number]> & FailureCode =>
  !(ENDS as readonly StopCode[]).includes(code);

/** Waits for the event itself. They say nothing about the service, so the clock starts after them. */
const FOR_THE_EVENT: readonly Waiting['reason'][] = ['not-started', 'not-live', 'no-presenter'];

/** A picture that is announced later than this after the start belongs to a camera that was switched on later (milliseconds). */
const ANNOUNCED_MS = 5000;
/** The service takes no longer time (milliseconds). */
const LONGEST_MS = 600_000;
/** `HTMLMediaElement.HAVE_CURRENT_DATA`: the element has a frame. */
const HAS_FRAME = 2;

/** The measuring of one stay. */
export type Measuring = ReturnType<typeof measureStay>;

/**
 * Measures the connections of one stay in a meeting, from the press of *Join*, which is now. The time to the first sound and
 * picture is that of the first session that starts. Later sessions report what they lost.
 */
export function measureStay(now: () => number = () => performance.now()) {
  let since = now();
  let isOver = false;
  let isBack = false;
  const passed = () => Math.min(LONGEST_MS, Math.max(0, Math.round(now() - since)));

  return {
    /** The person was told to wait. */
    waiting: ({ reason, retryAfterMs }: Pick<Waiting, 'reason' | 'retryAfterMs'>) => {
      if (FOR_THE_EVENT.includes(reason)) since = now() + retryAfterMs;
    },
    /** Measures a session. Returns what to call when it stops, before the reporter is closed. */
    session: (
      audioVideo: Pick<AudioVideoFacade, 'addObserver'>,
      add: (event: ClientEvent) => void,
    ): ((code: StopCode) => void) => {
      let startedAt: number | undefined;
      let isLost = false;
      let hasPicture = isOver;
      const watched = new WeakSet<object>();
      const seen = () => {
        if (!hasPicture) add({ timeToFirstVideoMs: passed() });
        hasPicture = true;
      };
      if (isBack) add({ drops: 1 });
      isBack = false;
      audioVideo.addObserver({
        audioVideoDidStartConnecting: (reconnecting) => {
          isLost = reconnecting;
        },
        audioVideoDidStart: () => {
          if (startedAt !== undefined && isLost) add({ reconnects: 1 });
          if (startedAt === undefined && !isOver) add({ timeToFirstAudioMs: passed() });
          startedAt ??= now();
          isLost = false;
        },
        videoTileDidUpdate: ({ localTile, boundVideoElement: element }) => {
          if (localTile || !element || hasPicture || watched.has(element)) return;
          if (now() - (startedAt ?? now()) > ANNOUNCED_MS) return;
          watched.add(element);
          if (element.readyState >= HAS_FRAME) seen();
          else element.addEventListener('loadeddata', seen, { once: true });
        },
      });
      return (code) => {
        hasPicture = true;
        if (isFailure(code)) add({ failure: code });
        if (startedAt === undefined) return;
        isOver = true;
        if (isFailure(code)) add({ drops: 1 });
        else isBack = code === 'MeetingEnded'; // a drop only if the person gets a seat again
      };
    },
  };
}
