import { person } from '../support/people.ts';
import type { Job } from '../support/worker-jobs.ts';

/** A request over which a process dies, what comes before it, and who comes after it. */
export interface Scenario {
  situation: string;
  arrange: (name: string) => Promise<unknown>;
  job: Pick<Job, 'verb' | 'user' | 'role'>;
  /** The person whose request died, and somebody else, ask next; what they are given, if they join. */
  same: (name: string) => Promise<unknown>;
  other: (name: string) => Promise<unknown>;
  /** Who is on stage in the end. */
  stage: string[];
  /** A run that dies fewer times than this has not seen the whole job. */
  deathsAtLeast: number;
}

/** Past every lease that the dead one held. */
const LATER = { later: 20_000 };
const FEW_SEATS = { meetingFeatures: { Attendee: { MaxCount: 5 } } };

const host = (name: string) => person(name, 'the-host', { role: 'host' });
const presenter = (name: string, user: string, when = {}) =>
  person(name, user, { role: 'presenter', ...when });
const viewer = (name: string, user: string, when = {}) => person(name, user, when);
const scheduled = (name: string) => host(name).create(FEW_SEATS);

async function opened(name: string): Promise<void> {
  await scheduled(name);
  await host(name).seat();
}

async function withAnnaOnStage(name: string): Promise<void> {
  await opened(name);
  await presenter(name, 'anna').seat();
}

/** With so many viewers seated, the next one gets the ticket at the soft mark. */
async function withFourViewers(name: string): Promise<void> {
  await opened(name);
  for (const user of ['victor', 'viola', 'vito', 'vivian']) await viewer(name, user).seat();
}

async function withAnnaOnStageAndVeraSeated(name: string): Promise<void> {
  await withAnnaOnStage(name);
  await viewer(name, 'vera').seat();
}

async function withVeraSeated(name: string): Promise<void> {
  await opened(name);
  await viewer(name, 'vera').seat();
}

const annaJoins = (name: string) => presenter(name, 'anna', LATER).seat();
const annaLeaves = (name: string) => presenter(name, 'anna', LATER).leave();
const benJoins = (name: string) => presenter(name, 'ben', LATER).seat();
const veraJoins = (name: string) => viewer(name, 'vera', LATER).seat();
const veraLeaves = (name: string) => viewer(name, 'vera', LATER).leave();
const willJoins = (name: string) => viewer(name, 'will', LATER).seat();
const annaWatches = (name: string) => viewer(name, 'anna', LATER).seat();

const joins = (user: string, role: Job['role']) => ({ verb: 'join', user, role }) as const;
const leaves = (user: string, role: Job['role']) => ({ verb: 'leave', user, role }) as const;

/** Everything that takes more than one step, to be interrupted between any two of them. */
export const SCENARIOS: Scenario[] = [
  {
    situation: 'the first join of all, which opens the primary',
    arrange: scheduled,
    job: joins('anna', 'presenter'),
    same: annaJoins,
    other: benJoins,
    stage: ['anna', 'ben'],
    deathsAtLeast: 20,
  },
  {
    situation: 'the first join of a viewer, which opens a replica',
    arrange: opened,
    job: joins('vera', 'viewer'),
    same: veraJoins,
    other: willJoins,
    stage: ['the-host'],
    deathsAtLeast: 26,
  },
  {
    situation: 'the join of a viewer who opens a replica ahead of need',
    arrange: withFourViewers,
    job: joins('vera', 'viewer'),
    same: veraJoins,
    other: willJoins,
    stage: ['the-host'],
    deathsAtLeast: 26,
  },
  {
    situation: 'a presenter who enters an open primary',
    arrange: opened,
    job: joins('anna', 'presenter'),
    same: annaJoins,
    other: benJoins,
    stage: ['anna', 'ben', 'the-host'],
    deathsAtLeast: 12,
  },
  {
    situation: 'a presenter who leaves, and leaves again',
    arrange: withAnnaOnStage,
    job: leaves('anna', 'presenter'),
    same: annaLeaves,
    other: benJoins,
    stage: ['ben', 'the-host'],
    deathsAtLeast: 12,
  },
  {
    situation: 'a presenter who leaves, and comes back',
    arrange: withAnnaOnStage,
    job: leaves('anna', 'presenter'),
    same: annaJoins,
    other: benJoins,
    stage: ['anna', 'ben', 'the-host'],
    deathsAtLeast: 12,
  },
  {
    situation: 'a presenter who becomes a viewer',
    arrange: withAnnaOnStageAndVeraSeated,
    job: joins('anna', 'viewer'),
    same: annaWatches,
    other: willJoins,
    stage: ['the-host'],
    deathsAtLeast: 26,
  },
  {
    situation: 'a viewer who leaves',
    arrange: withVeraSeated,
    job: leaves('vera', 'viewer'),
    same: veraLeaves,
    other: willJoins,
    stage: ['the-host'],
    deathsAtLeast: 6,
  },
];
