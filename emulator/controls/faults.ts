import * as z from 'zod';
import { parsed } from '../declined.ts';
import { OPERATION_NAMES } from '../operation-names.ts';
import { FAULTS, type Fault } from '../state/records.ts';
import type { ChimeState } from '../state/state.ts';

const NewFault = z.strictObject({
  operation: z.enum([...OPERATION_NAMES, '*']),
  times: z.int().min(1).default(1),
  fault: z.enum(FAULTS),
  delayMs: z.int().min(0).default(0),
  item: z.int().min(1).default(1),
});

/** Makes the next calls of an operation fail. Returns the pending faults. */
export function addFault(state: ChimeState, fault: unknown): Fault[] {
  state.faults.push(parsed(NewFault, fault));
  return state.faults;
}
