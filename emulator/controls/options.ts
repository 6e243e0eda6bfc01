import { type EmulatorOptions, withOptions } from '../options.ts';
import type { ChimeState } from '../state/state.ts';

/** Changes some options and returns all. They apply from the next request on. */
export function changeOptions(state: ChimeState, changes: unknown): EmulatorOptions {
  return Object.assign(state.options, withOptions(state.options, changes));
}
