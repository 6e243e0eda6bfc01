import type { OperationName } from '../operation-names.ts';
import type { AttendeeOnWire, CreateError, MeetingOnWire } from './wire.ts';

/** A token bucket at its last use. */
export interface Bucket {
  tokens: number;
  at: number;
}

/**
 * The number of calls of each operation by outcome: '200' for every success, otherwise the name of the error or fault.
 */
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
  /** How many more calls it affects. */
  times: number;
  fault: (typeof FAULTS)[number];
  delayMs: number;
  /** The affected item of a batch, from 1. */
  item: number;
}

/** The response to a creation of a meeting. */
export interface Created {
  Meeting: MeetingOnWire;
  Attendees: AttendeeOnWire[];
  Errors: CreateError[];
}

/** A used ClientRequestToken and its result. */
export interface TokenRecord {
  created: Created;
  fingerprint: string;
  /** The request counts as in progress until its response is sent. */
  inFlightUntil: number;
}
