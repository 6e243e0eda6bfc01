import type { Request } from '../messages.ts';
import { withOptions } from '../options.ts';
import type { ChimeState } from '../state/state.ts';
import { jsonOf } from './declined.ts';

/** GET /_emulator/options */
export const readOptions = (state: ChimeState) => state.options;

/** PUT /_emulator/options: changes some options and returns all. They apply from the next request on. */
export function writeOptions(state: ChimeState, request: Request) {
  return Object.assign(state.options, withOptions(state.options, jsonOf(request)));
}
