import type { OperationName } from '../operation-names.ts';
import type { Fault } from './records.ts';
import type { ChimeState } from './state.ts';

const BATCHES: OperationName[] = ['BatchCreateAttendee', 'CreateMeetingWithAttendees'];

/** Takes one use of the oldest pending fault of this operation. */
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
