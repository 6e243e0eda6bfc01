import type { OperationName } from '../operation-names.ts';
import type { ChimeState } from './state.ts';

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

const BATCHES: OperationName[] = ['BatchCreateAttendee', 'CreateMeetingWithAttendees'];

/** The oldest fault that waits for this operation, used up by one. */
export function takeFault(state: ChimeState, operation: OperationName): Fault | undefined {
  const fault = state.faults.find((waiting) => strikes(waiting, operation));
  if (!fault) return undefined;
  fault.times -= 1;
  state.faults = state.faults.filter((waiting) => waiting.times > 0);
  return fault;
}

function strikes(fault: Fault, operation: OperationName): boolean {
  if (fault.fault === 'fail-item' && !BATCHES.includes(operation)) return false;
  return fault.operation === '*' || fault.operation === operation;
}
