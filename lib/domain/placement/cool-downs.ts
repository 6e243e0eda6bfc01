import type { MediaRegion } from '../geo/media-regions.ts';
import { growingPauseMs } from '../meeting/pauses.ts';

/** A media region in cool-down: no replica is opened there until the pause is over. */
export interface CoolDown {
  /** `rejected`: Chime refused. `indeterminate`: Chime gave no response, or an error of its own. */
  because: 'rejected' | 'indeterminate';
  /** The first failure in a row, and when openings are allowed again (milliseconds since the epoch). */
  since: number;
  until: number;
  /** Failures in a row. */
  failures: number;
}

export type CoolDowns = Partial<Record<MediaRegion, CoolDown>>;

const PAUSE = { firstMs: 15_000, longestMs: 600_000 };

/** The cool-down after a failure: the pause doubles with each failure in a row, from 15 s to ten minutes. */
export function coolDownAfter(
  before: CoolDown | undefined,
  { because, now }: { because: CoolDown['because']; now: number },
): CoolDown {
  const failures = (before?.failures ?? 0) + 1;
  return { because, since: before?.since ?? now, until: now + growingPauseMs(failures, PAUSE), failures };
}

/** The instant until which other requests wait, while one request tests whether the media region works again. */
export function pauseForProbe({ failures }: CoolDown, now: number): number {
  return now + growingPauseMs(failures, PAUSE);
}

/** Whether this media region is in cool-down now. */
export function isCooling(
  { coolDowns }: { coolDowns?: CoolDowns },
  mediaRegion: MediaRegion,
  now: number,
): boolean {
  return now < (coolDowns?.[mediaRegion]?.until ?? 0);
}

/** When the first of these media regions may be tried again; undefined if none is cooling down. */
export function coolUntil(
  { coolDowns }: { coolDowns?: CoolDowns },
  mediaRegions: readonly MediaRegion[],
  now: number,
): number | undefined {
  const cooling = mediaRegions.filter((mediaRegion) =>
    isCooling({ ...(coolDowns && { coolDowns }) }, mediaRegion, now),
  );
  const untils = cooling.map((mediaRegion) => coolDowns?.[mediaRegion]?.until ?? now);
  return untils.length > 0 ? Math.min(...untils) : undefined;
}
