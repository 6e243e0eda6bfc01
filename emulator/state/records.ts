import type { OperationName } from '../operation-names.ts';
import type { AttendeeOnWire, CreateError, MeetingOnWire } from './wire.ts';

/** A token bucket, as it was when it was last looked at. */
export interface Bucket {
  tokens: number;
  at: number;
}

/** How often each operation ended how: '200' for every success, else the error's name or the fault's. */
export type CallCounts = Partial<Record<OperationName, Record<string, number>>>;

export const FAULTS = [
  'throttle', // 429
  'error-500',
  'error-503', // with Retry-After
  'timeout-before', // no effect, no answer
  'timeout-after', // the effect happens, the answer is lost
  'slow', // the effect happens at once, the answer comes late
  'fail-item', // the k-th item of a batch
] as const;

export interface Fault {
  operation: OperationName | '*';
  /** How many more calls it strikes. */
  times: number;
  fault: (typeof FAULTS)[number];
  delayMs: number;
  /** Which item of a batch, from 1. */
  item: number;
}

/** What creating a meeting answered. */
export interface Created {
  Meeting: MeetingOnWire;
  Attendees: AttendeeOnWire[];
  Errors: CreateError[];
}

/** A ClientRequestToken that was used, and what came of it. */
export interface TokenRecord {
  created: Created;
  fingerprint: string;
  /** Until its answer has left, the request is still going on. */
  inFlightUntil: number;
}
