import { sideOf } from './facts.ts';
import type { Interval } from './intervals.ts';

/** A time, in milliseconds since the Unix epoch. */
export interface Time {
  from: number;
  to: number;
}

/** The times in which at least one of these intervals lies, in their order. An interval that is open lasts until `now`. */
export function unionOf(intervals: readonly Interval[], now: number): Time[] {
  const times = intervals.map(({ from, to }) => ({ from, to: Math.max(from, to ?? now) }));
  const union: Time[] = [];
  for (const time of times.sort((one, other) => one.from - other.from)) {
    const last = union.at(-1);
    if (last && time.from <= last.to) last.to = Math.max(last.to, time.to);
    else union.push(time);
  }
  return union;
}

export const lengthOf = (times: readonly Time[]): number =>
  times.reduce((sum, { from, to }) => sum + to - from, 0);

/** How long a person was connected anywhere, and on stage, in whole seconds. A time with two connections counts once. */
export function secondsOf(
  intervals: readonly Interval[],
  now: number,
): { seconds: number; stageSeconds: number } {
  const stage = intervals.filter(({ connection }) => sideOf(connection) === 'stage');
  const inSeconds = (some: readonly Interval[]) => Math.round(lengthOf(unionOf(some, now)) / 1000);
  return { seconds: inSeconds(intervals), stageSeconds: inSeconds(stage) };
}
