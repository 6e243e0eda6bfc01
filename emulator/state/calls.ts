import type { OperationName } from '../operation-names.ts';
import type { ChimeState } from './state.ts';

/** How often each operation ended how: '200' for every success, else the error's name or the fault's. */
export type CallCounts = Partial<Record<OperationName, Record<string, number>>>;

/** Count one call. */
export function countCall(state: ChimeState, operation: OperationName, outcome: string): void {
  const counts = state.calls[operation] ?? {};
  counts[outcome] = (counts[outcome] ?? 0) + 1;
  state.calls[operation] = counts;
}
