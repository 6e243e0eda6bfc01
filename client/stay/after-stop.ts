import type { StopCode } from './chime.ts';

/**
 * After these a page that joined again would alternate for ever with another tab of the same person, or with a host who removes
 * the person.
 */
const FINAL: readonly StopCode[] = ['Left', 'AudioJoinedFromAnotherDevice', 'AudioAttendeeRemoved'];

/** Whether a page whose session stopped joins again. Only the service knows whether a meeting that ended at Chime is over. */
export const mayRejoin = (code: StopCode): boolean => !FINAL.includes(code);

const SPREAD_MS = 1500;
const AT_MOST_MS = 30_000;

/**
 * The delay before the next join, after the last `failures` sessions in a row never started. Jitter keeps an audience that
 * lost its meeting from returning at the same moment.
 */
export function pauseBefore(failures: number, random: number): number {
  return Math.round(Math.min(AT_MOST_MS, SPREAD_MS * 2 ** failures) * random);
}
