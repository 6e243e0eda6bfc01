import type { OperationName } from '../operation-names.ts';
import type { ChimeState } from './state.ts';

/** Count one call. */
export function countCall(state: ChimeState, operation: OperationName, outcome: string): void {
  const counts = state.calls[operation] ?? {};
  counts[outcome] = (counts[outcome] ?? 0) + 1;
  state.calls[operation] = counts;
}
