import type { MediaRegion } from '../geo/media-regions.ts';

/** Waiting viewers are counted in slices of this length (milliseconds). */
export const SLICE_MS = 5000;

/** A slice tells nothing before it has lasted this long (milliseconds). */
const LEAST_SLICE_MS = 1000;

/** The slice that contains this moment. Slices are numbered, one after the other. */
export const sliceAt = (now: number): number => Math.floor(now / SLICE_MS);

/**
 * How many people wait, from the time that they were told to wait in a slice so far. A person who is told to wait for 3 s waits
 * for 3 s of the slice, so the sum divided by the time that has passed is the number of people. Undefined while the slice is
 * too young.
 */
export function waitingIn(waitedMs: number, now: number): number | undefined {
  const elapsedMs = now - sliceAt(now) * SLICE_MS;
  return elapsedMs < LEAST_SLICE_MS ? undefined : waitedMs / elapsedMs;
}

/** How many people waited from each media region, from the sums of a whole slice. Undefined where nobody did. */
export function peopleIn(
  byMediaRegion: Tally['byMediaRegion'],
): Partial<Record<MediaRegion, number>> | undefined {
  const found = Object.entries(byMediaRegion).map(([region, ms]) => [region, Math.ceil(ms / SLICE_MS)]);
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

/** How many people wait, as a container last learned. */
export interface Waiting {
  /** For this name. */
  here: number;
  /** In the whole deployment, where crowds wait. */
  everywhere: number;
}

/** People whom no container reported for this long count half (milliseconds). */
const HALF_LIFE_MS = 10_000;

/** An older estimate, as far as it still counts: a new slice knows only of those who returned in it. */
export function faded({ here, everywhere }: Waiting, ageMs: number): Waiting {
  const share = 2 ** (-ageMs / HALF_LIFE_MS);
  return { here: here * share, everywhere: everywhere * share };
}

/** The shortest average wait (milliseconds). Ten people are let in within two seconds, with the age of the cached topology. */
const LEAST_WAIT_MS = 750;
/** The most join requests a second of the people who wait for one name, and for all names together. */
const PER_NAME = 800;
const PER_DEPLOYMENT = 1600;
/** A name where fewer wait makes few requests, and waits no longer because crowds wait elsewhere. */
export const CROWD = 100;

/**
 * The average wait of a person before the next request (milliseconds): as short as the rates allow. The deployment's route
 * throttle is shared by all names, so where several crowds wait, each waits longer.
 */
export function averageWaitMs({ here, everywhere }: Waiting): number {
  const byName = (here * 1000) / PER_NAME;
  const byAll = ((everywhere * 1000) / PER_DEPLOYMENT) * Math.min(1, here / CROWD);
  return Math.max(LEAST_WAIT_MS, byName, byAll);
}

/** A wait around this average, from two thirds to four thirds of it, so that a crowd never returns at once (milliseconds). */
export function jittered(averageMs: number, random: number): number {
  return Math.round(averageMs * (2 / 3 + (random * 2) / 3));
}

/** The longest wait before the start, so that a changed start holds for everybody within a minute (milliseconds). */
const LONGEST_WAIT_MS = 60_000;

/**
 * How long to wait for the start of the event (milliseconds). People return after it, spread over as long as their requests
 * take at the rate of one name. Before that, they return about once a minute.
 */
export function waitForStartMs(
  { startsInMs, waiting }: { startsInMs: number; waiting: Waiting },
  random: number,
): number {
  const spreadMs = averageWaitMs(waiting) * (4 / 3);
  const untilStart = startsInMs + random * spreadMs;
  return Math.round(Math.max(1, Math.min(untilStart, LONGEST_WAIT_MS * (2 / 3 + random / 3))));
}

/** What a container has told people to wait since its last report of a name. */
export interface Tally {
  /** The sum (milliseconds). */
  waitedMs: number;
  byMediaRegion: Partial<Record<MediaRegion, number>>;
}
