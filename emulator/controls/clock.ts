import * as z from 'zod';
import { parsed } from '../declined.ts';
import { settle } from '../state/meetings/lifecycle.ts';
import type { ChimeState } from '../state/state.ts';

/** How much time may pass. */
export const Milliseconds = z.int().min(0);

/** Lets time pass for the emulator, and applies all that is due. Returns the new time, in milliseconds since the epoch. */
export function pass(state: ChimeState, ms: number): number {
  state.clock.advance(parsed(Milliseconds, ms));
  settle(state);
  return state.clock.now();
}
