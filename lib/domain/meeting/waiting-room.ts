import type { MediaRegion } from '../geo/media-regions.ts';
import { isLive, opensUnattended, startsAt, type Topology } from './topology.ts';

/** Why no viewer without a seat is let in now, whatever seats there are. */
export type ClosedBecause = 'not-started' | 'not-live' | 'no-presenter';

/**
 * Returns why viewers are not let in now. Undefined: they are, or they open the meeting themselves. Before the start, and while
 * the curtain is closed, a person on stage changes nothing.
 */
export function whyClosed(topology: Topology, now: number): ClosedBecause | undefined {
  const { options, liveSince, stage } = topology;
  if (startsAt(topology) > now) return 'not-started';
  if (options.admission === 'manual' && liveSince === undefined) return 'not-live';
  if (isLive(topology)) return options.waitForPresenter && stage.size === 0 ? 'no-presenter' : undefined;
  return opensUnattended(topology) ? undefined : 'no-presenter';
}

/** The times at which people return are counted in slices of this length (milliseconds). */
export const SLICE_MS = 5000;

/** The slice that contains this moment. Slices are numbered, one after the other. */
export const sliceAt = (ms: number): number => Math.floor(ms / SLICE_MS);

/** How many people were told to return in which slice. */
export type Returns = ReadonlyMap<number, number>;

/** What is known of the people who wait for one name: when they return, and from which media region how many answers came. */
export interface Count {
  returns: Returns;
  byMediaRegion: Partial<Record<MediaRegion, number>>;
}

/**
 * How many people wait: those who are to return later than now. Each person counts once, in the slice of their next request.
 * Those who return in the current slice are spread over it.
 */
export function waitingIn(returns: Returns, now: number): number {
  const current = sliceAt(now);
  const left = 1 - (now - current * SLICE_MS) / SLICE_MS;
  let people = 0;
  for (const [slice, many] of returns) people += slice > current ? many : slice === current ? many * left : 0;
  return people;
}

/** The slices that no container counts in any more, whatever its clock. */
export const pastSlices = (returns: Returns, now: number): number[] =>
  [...returns.keys()].filter((slice) => slice < sliceAt(now) - 1);

/** How many people wait in which media region. Undefined where nobody does. */
export function peopleIn({ returns, byMediaRegion }: Count, now: number): Count['byMediaRegion'] | undefined {
  const people = waitingIn(returns, now);
  const found = Object.entries(byMediaRegion);
  const answers = found.reduce((sum, [, many]) => sum + many, 0);
  if (people === 0 || answers === 0) return undefined;
  return Object.fromEntries(found.map(([region, many]) => [region, Math.ceil((people * many) / answers)]));
}

/** How many people wait, as a container last learned. */
export interface Waiting {
  /** For this name. */
  here: number;
  /** In the whole deployment, where crowds wait. */
  everywhere: number;
}

/** The shortest average wait (milliseconds). Ten people are let in within two seconds, with the age of the cached topology. */
const LEAST_WAIT_MS = 750;
/** The most join requests a second of the people who wait for one name, and for all names together. */
const PER_NAME = 750;
const PER_DEPLOYMENT = 1550;
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
