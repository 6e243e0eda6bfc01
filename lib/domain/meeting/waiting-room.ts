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
  /** The time that this container needs to answer all whom it told to return (milliseconds); 0 unless it is overloaded. */
  backlogMs?: number;
}

/**
 * How fast a container tells people to wait, as it last looked. A container of Lambda serves one request at a time, and others start
 * beside it, so it learns nothing here. `npm start` serves all requests in one.
 */
export interface Pace {
  /** Since when answers are counted (milliseconds since the epoch), and how many there were before. */
  since: number;
  answers: number;
  /** The time of one answer when the container was last seen overloaded (milliseconds), and when that was. */
  overload?: { answerMs: number; at: number };
}

/** A container looks at its pace about once a second, so that one slow moment does not decide (milliseconds). */
const LOOK_MS = 1000;
/** A container that gave so many other answers while it worked on one has work without a pause. */
const OVERLOADED = 8;
/** An overload is forgotten by half in this time, so that waits get shorter again (milliseconds). */
const HALF_LIFE_MS = 20_000;

/**
 * The pace after one more answer. `meanwhile`: how many other answers the container gave while it worked on this one. An answer never
 * needs more time than one took on average since the last look, so a container that stood still for a moment corrects itself.
 */
export function paceAfter(
  { since, answers: before, overload }: Pace,
  { answers, meanwhile }: { answers: number; meanwhile: number },
  now: number,
): Pace {
  if (now - since < LOOK_MS) return { since, answers: before, ...(overload && { overload }) };
  const mostMs = (now - since) / (answers - before);
  if (meanwhile >= OVERLOADED) return { since: now, answers, overload: { answerMs: mostMs, at: now } };
  const { answerMs, at } = overload ?? { answerMs: 0, at: 0 };
  return { since: now, answers, ...(overload && { overload: { answerMs: Math.min(answerMs, mostMs), at } }) };
}

/** The time that a container needs for the next requests of so many people (milliseconds). 0 unless it was overloaded lately. */
export function backlogMs({ overload }: Pace, people: number, now: number): number {
  return overload ? people * overload.answerMs * 0.5 ** ((now - overload.at) / HALF_LIFE_MS) : 0;
}

/** The shortest average wait (milliseconds). Ten people are let in within two seconds, with the age of the cached topology. */
const LEAST_WAIT_MS = 750;
/** The most join requests a second of the people who wait for one name, and for all names together. */
const PER_NAME = 750;
const PER_DEPLOYMENT = 1550;
/** A name where fewer wait makes few requests, and waits no longer because crowds wait elsewhere. */
export const CROWD = 100;
/** People who wait take this share of an overloaded container's time, and leave the rest to the presenters. */
const SHARE = 0.5;
/** An overloaded container asks for no longer wait than this on average, so that with jitter all return within a minute (milliseconds). */
const MOST_BY_OVERLOAD_MS = 45_000;

/**
 * The average wait of a person before the next request (milliseconds): as short as the rates allow. The deployment's route
 * throttle is shared by all names, so where several crowds wait, each waits longer. So does a container's time.
 */
export function averageWaitMs({ here, everywhere, backlogMs = 0 }: Waiting): number {
  const byName = (here * 1000) / PER_NAME;
  const part = Math.min(1, here / CROWD);
  const byAll = ((everywhere * 1000) / PER_DEPLOYMENT) * part;
  const byOverload = Math.min(backlogMs / SHARE, MOST_BY_OVERLOAD_MS) * part;
  return Math.max(LEAST_WAIT_MS, byName, byAll, byOverload);
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
