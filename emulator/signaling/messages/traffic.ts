import { refill } from '../../state/buckets.ts';
import type { Attendee, Meeting } from '../../state/meetings/meeting.ts';
import type { Bucket } from '../../state/records.ts';
import type { ChimeState } from '../../state/state.ts';
import type { DataMessage } from '../frame.ts';

/*
 * The limits of data messages: https://github.com/aws/amazon-chime-sdk-js/blob/main/guides/03_API_Overview.md and
 * https://docs.aws.amazon.com/chime-sdk/latest/dg/meetings-sdk.html
 */

/** The data messages of a stage, or of one attendee. */
export interface Traffic {
  /** Messages within the limit that clients are told of. */
  usual?: Bucket;
  /** All messages, up to the limit beyond which they are lost. */
  flood?: Bucket;
  /** Messages with a lifetime, oldest first. */
  stored: { message: DataMessage; until: number }[];
}

export type Verdict = 'relayed' | 'throttled' | 'flood';

const MOST_STORED = 1024;
const LONGEST_LIFETIME_MS = 300_000;

const traffic = new WeakMap<Meeting | Attendee, Traffic>();

function trafficOf(of: Meeting | Attendee): Traffic {
  const known = traffic.get(of) ?? { stored: [] };
  traffic.set(of, known);
  return known;
}

/** Counts one message of an attendee, and says what becomes of it. */
export function count({ options, clock }: ChimeState, stage: Meeting, sender: Attendee): Verdict {
  const now = clock.now();
  const [ofStage, ofSender] = [trafficOf(stage), trafficOf(sender)];
  const { attendeeFloodRatePerSecond, attendeeFloodBurst } = options;
  const { meetingFloodRatePerSecond, meetingFloodBurst } = options;
  const { dataMessageRatePerSecond, dataMessageBurst } = options;
  const take = (of: Traffic, kind: 'usual' | 'flood', ratePerSecond: number, burst: number) => {
    const bucket = refill(of[kind], { ratePerSecond, burst }, now);
    of[kind] = bucket;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  };
  if (!take(ofSender, 'flood', attendeeFloodRatePerSecond, attendeeFloodBurst)) return 'flood';
  if (!take(ofStage, 'flood', meetingFloodRatePerSecond, meetingFloodBurst)) return 'flood';
  return take(ofStage, 'usual', dataMessageRatePerSecond, dataMessageBurst) ? 'relayed' : 'throttled';
}

/** Stores a message with a lifetime, for clients that enter later. The oldest of too many is forgotten. */
export function store({ clock }: ChimeState, stage: Meeting, message: DataMessage): void {
  const { lifetimeMs = 0 } = message;
  if (lifetimeMs <= 0) return;
  const { stored } = trafficOf(stage);
  stored.push({ message, until: clock.now() + Math.min(lifetimeMs, LONGEST_LIFETIME_MS) });
  if (stored.length > MOST_STORED) stored.shift();
}

/** The stored messages that have not expired. */
export function storedMessages({ clock }: ChimeState, stage: Meeting): DataMessage[] {
  const of = trafficOf(stage);
  const now = clock.now();
  of.stored = of.stored.filter(({ until }) => until > now);
  return of.stored.map(({ message }) => message);
}
