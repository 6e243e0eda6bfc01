import type { Chance } from '../chance.ts';
import { type Agenda, kill, type Process } from '../scheduler.ts';

/** An API function answers 503 before Lambda ends it: its timeout of 10 s, less middy's margin (milliseconds). */
export const ANSWERS_WITHIN_MS = 9750;

/** The time after which a frozen container gets its next request (milliseconds). `undefined`: it gets none. */
const THAWS_AFTER_MS = [undefined, 50, 1500, 6000, 16_000, 61_000, 130_000, 400_000];
/** The time for which that request keeps the container awake (milliseconds). */
const AWAKE_MS = [30, 500, 9000];
const PAUSES_MS = [5000, 10_000, 20_000, 40_000];

/**
 * Freezes a process whose client was answered. A later request of the same container may thaw it, for as long as that request
 * runs.
 */
export function freeze(agenda: Agenda, process: Process, chance: Chance, thaws: boolean): void {
  process.frozen = true;
  const after = thaws ? chance.pick(THAWS_AFTER_MS) : undefined;
  const awakeMs = chance.pick(AWAKE_MS);
  const thaw = () => {
    if (process.state !== 'answered') return;
    process.frozen = false;
    process.until = agenda.now + awakeMs;
  };
  if (after === undefined) kill(agenda, process, () => true);
  else agenda.pending.push({ process: undefined, due: agenda.now + after, isIdle: true, happen: thaw });
}

/** Stalls a process: an API function until its timeout, any other function for some seconds. */
export function stall(agenda: Agenda, process: Process, chance: Chance): void {
  if (process.state !== 'running' || process.frozen) return;
  process.frozen = true;
  const pauseMs = chance.pick(PAUSES_MS);
  const goOn = () => {
    if (process.state === 'running') process.frozen = false;
  };
  agenda.pending.push({ process: undefined, due: agenda.now + pauseMs, happen: goOn });
}
