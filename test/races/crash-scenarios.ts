import type { Job } from '../support/worker/jobs.ts';
import * as cast from './cast.ts';

/** A request during which a process dies, its preparation, and the requests after it. */
export interface Scenario {
  situation: string;
  arrange: (name: string) => Promise<unknown>;
  job: Pick<Job, 'verb' | 'user' | 'role'>;
  /** The next requests: of the person whose request died, and of another person. Gives their credentials, if they join. */
  same: (name: string) => Promise<unknown>;
  other: (name: string) => Promise<unknown>;
  /** The people on stage in the end. */
  stage: string[];
  /** The least number of deaths that covers the whole job. */
  deathsAtLeast: number;
}

const joins = (user: string, role: Job['role']) => ({ verb: 'join', user, role }) as const;
const leaves = (user: string, role: Job['role']) => ({ verb: 'leave', user, role }) as const;

/** Scenarios in which Chime opens a meeting. */
export const OPENINGS: Scenario[] = [
  {
    situation: 'the first join of all, which opens the primary',
    arrange: cast.scheduled,
    job: joins('anna', 'presenter'),
    same: cast.annaJoins,
    other: cast.benJoins,
    stage: ['anna', 'ben'],
    deathsAtLeast: 10,
  },
  {
    situation: 'the first join of a viewer, which opens a replica',
    arrange: cast.opened,
    job: joins('vera', 'viewer'),
    same: cast.veraJoins,
    other: cast.willJoins,
    stage: ['the-host'],
    deathsAtLeast: 13,
  },
  {
    situation: 'the join of a viewer who opens a replica ahead of need',
    arrange: cast.withFourViewers,
    job: joins('vera', 'viewer'),
    same: cast.veraJoins,
    other: cast.willJoins,
    stage: ['the-host'],
    deathsAtLeast: 13,
  },
];

/** Every job with more than one step. Each is interrupted between any two steps. */
export const SCENARIOS: Scenario[] = [
  ...OPENINGS,
  {
    situation: 'a presenter who enters an open primary',
    arrange: cast.opened,
    job: joins('anna', 'presenter'),
    same: cast.annaJoins,
    other: cast.benJoins,
    stage: ['anna', 'ben', 'the-host'],
    deathsAtLeast: 6,
  },
  {
    situation: 'a presenter who leaves, and leaves again',
    arrange: cast.withAnnaOnStage,
    job: leaves('anna', 'presenter'),
    same: cast.annaLeaves,
    other: cast.benJoins,
    stage: ['ben', 'the-host'],
    deathsAtLeast: 6,
  },
  {
    situation: 'a presenter who leaves, and comes back',
    arrange: cast.withAnnaOnStage,
    job: leaves('anna', 'presenter'),
    same: cast.annaJoins,
    other: cast.benJoins,
    stage: ['anna', 'ben', 'the-host'],
    deathsAtLeast: 6,
  },
  {
    situation: 'a presenter who becomes a viewer',
    arrange: cast.withAnnaOnStageAndVeraSeated,
    job: joins('anna', 'viewer'),
    same: cast.annaWatches,
    other: cast.willJoins,
    stage: ['the-host'],
    deathsAtLeast: 8,
  },
  {
    situation: 'a viewer who leaves',
    arrange: cast.withVeraSeated,
    job: leaves('vera', 'viewer'),
    same: cast.veraLeaves,
    other: cast.willJoins,
    stage: ['the-host'],
    deathsAtLeast: 4,
  },
];
