import { setTimeout } from 'node:timers/promises';
import type { JoinedBody } from '../../simulation/joined-body.ts';
import type { Fleet } from '../support/fleet.ts';
import type { Job, Outcome } from '../support/worker/jobs.ts';

/** How one person's joining went, as a client sees it: they ask again for as long as they are told to wait. */
export interface Arrival {
  user: string;
  asked: number;
  /** What ended it: never `waiting`. */
  outcome: Outcome;
}

/**
 * Environment of a world for crowds. On a loaded machine a request to DynamoDB may take a second, and an opening longer
 * than the time for which a lease lets its holder work: a longer lease lets it end. No process dies in these tests.
 */
export const UNHURRIED = { LEASE_MS: '120000' };

const ASKS_AT_MOST = 1000;

/** Let all viewers join, this many at a time. Each retries after the time in the response. */
export async function arrive(fleet: Fleet, jobs: Job[], atATime = jobs.length): Promise<Arrival[]> {
  const arrivals: Arrival[] = [];
  const queue = jobs.values();
  const usher = async () => {
    for (const job of queue) arrivals.push(await arriveAlone(fleet, job));
  };
  await Promise.all(Array.from({ length: atATime }, usher));
  return arrivals;
}

async function arriveAlone(fleet: Fleet, job: Job): Promise<Arrival> {
  for (let asked = 1; asked <= ASKS_AT_MOST; asked++) {
    const outcome = await fleet.ask(job);
    if (outcome.kind !== 'answered' || outcome.answer.status !== 202)
      return { user: job.user, asked, outcome };
    await setTimeout(outcome.answer.retryAfterMs);
  }
  throw new Error(`${job.user} still waits after having asked ${ASKS_AT_MOST} times`);
}

/** What those were given who have a seat or a place on the stage. */
export function seatsOf(arrivals: Arrival[]): JoinedBody[] {
  return arrivals.flatMap(({ outcome }) =>
    outcome.kind === 'answered' && outcome.answer.status === 200 ? [outcome.answer.body as JoinedBody] : [],
  );
}

/** Those who were given none, and why. */
export function othersOf(arrivals: Arrival[]): Outcome[] {
  const outcomes = arrivals.map(({ outcome }) => outcome);
  return outcomes.filter((outcome) => outcome.kind !== 'answered' || outcome.answer.status !== 200);
}

/** How many different attendees were handed out. */
export function attendeesIn(seats: JoinedBody[]): number {
  return new Set(seats.map(({ Attendee }) => Attendee.AttendeeId)).size;
}

const REGIONS = ['us-east-1', 'sa-east-1', 'eu-central-1', 'ap-south-1', 'ap-southeast-2', 'ap-northeast-1'];

/** Viewers of one meeting, evenly from six media regions. */
export function viewers(name: string, count: number): Job[] {
  return Array.from({ length: count }, (_, n) => ({
    verb: 'join',
    name,
    user: `viewer-${n}`,
    role: 'viewer',
    body: { mediaRegion: REGIONS[n % REGIONS.length] },
  }));
}
