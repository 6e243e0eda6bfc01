import type { EmulatorOptions } from '../../emulator/options.ts';
import type { Settings } from '../../lib/settings.ts';
import { type Chance, chanceOf } from '../chance.ts';
import { KINDS, type Kind, PLAYED, SHARE } from './kinds.ts';
import { type More, moreOf } from './plan-kinds.ts';

/** The probability of each fault at each step, in the run of one seed. */
export interface FaultRates {
  /** The request never arrives. */
  loseRequest: number;
  /** The request is done, and its response never arrives: the SDK retries where it may. */
  loseAnswer: number;
  throttle: number;
  /** A 5xx. In half of all cases the request was done nevertheless. */
  breakDown: number;
  crash: number;
  /** The clock jumps by seconds, past all leases, past five idle minutes, or past a day or more. */
  seconds: number;
  leases: number;
  idle: number;
  day: number;
  /** An operator ends a meeting at Chime by hand. */
  endByHand: number;
  /** The response comes late: after seconds, but within the attempt's timeout. */
  slow: number;
  /** A process stalls: an API function until its time is over, the reconciler for up to forty seconds. */
  stall: number;
  /** Limits of the account change, and media regions that refuse. */
  changeLimits: number;
  /** Chime's events. These are for each event, not for each step. */
  loseEvent: number;
  repeatEvent: number;
}

/** All that one seed decides before anything happens. Seeds differ in kind, so that many mixtures are tried. */
export interface Plan extends Omit<More, 'chime' | 'settings' | 'faultRates'> {
  seed: number;
  presenters: number;
  viewers: number;
  verbsEach: number;
  /** Viewers come within this time. */
  startMs: number;
  /** The longest pause of a person between two requests (milliseconds). */
  paceMs: number;
  /** How many of the viewers do everything from two devices at once. */
  twoDevices: number;
  containers: number;
  /** How often the reconciler runs meanwhile. */
  passes: number;
  /** How the next request is picked: at random, or by priorities that change seldom, so that some run far ahead of others. */
  order: 'any' | 'priorities';
  options: { maxReplicas: number; waitForPresenter: boolean; maxCount: number };
  settings: Partial<Settings>;
  chime: Partial<EmulatorOptions>;
  faultRates: FaultRates;
}

const CALM: FaultRates = {
  loseRequest: 0,
  loseAnswer: 0,
  throttle: 0,
  breakDown: 0,
  crash: 0,
  seconds: 0,
  leases: 0,
  idle: 0,
  day: 0,
  endByHand: 0,
  slow: 0,
  stall: 0,
  changeLimits: 0,
  loseEvent: 0,
  repeatEvent: 0,
};

const MOST: Omit<FaultRates, 'slow' | 'stall' | 'changeLimits'> = {
  loseRequest: 0.05,
  loseAnswer: 0.08,
  throttle: 0.05,
  breakDown: 0.05,
  crash: 0.06,
  seconds: 0.02,
  leases: 0.01,
  idle: 0.005,
  day: 0.003,
  endByHand: 0.01,
  loseEvent: 0.5,
  repeatEvent: 0.5,
};

/** The plan of a seed. One seed in six has no faults but the interleaving, and those of its kinds. */
export function planOf(seed: number, played: readonly Kind[] = PLAYED): Plan {
  const base = baseOf(seed);
  const drawing = chanceOf(seed, 'kinds');
  const kinds = new Set(KINDS.filter((kind) => drawing.happens(SHARE) && played.includes(kind)));
  const { chime, settings, faultRates, ...more } = moreOf(kinds, drawing, base.faultRates);
  return {
    ...base,
    ...more,
    chime: { ...base.chime, ...chime },
    settings: { ...base.settings, ...settings },
    faultRates: { ...base.faultRates, ...faultRates },
  };
}

/** The part of a seed's plan that does not depend on its kinds. */
export type Base = Omit<Plan, keyof More> & Pick<Plan, 'chime' | 'settings' | 'faultRates'>;

function baseOf(seed: number): Base {
  const chance = chanceOf(seed, 'plan');
  const isCalm = chance.happens(1 / 6);
  return {
    seed,
    presenters: chance.pick([0, 0, 1, 1, 2]),
    viewers: 1 + chance.below(4),
    verbsEach: 1 + chance.below(4),
    startMs: chance.pick([2000, 300]),
    paceMs: chance.pick([400, 400, 60, 10]),
    twoDevices: chance.pick([0, 0.25, 1]),
    containers: 1 + chance.below(3),
    passes: chance.pick([0, 0, 1, 2]),
    order: chance.pick(['any', 'any', 'priorities']),
    options: {
      maxReplicas: 1 + chance.below(3),
      waitForPresenter: chance.happens(0.7),
      maxCount: 3 + chance.below(2),
    },
    settings: { topologyCacheMs: chance.pick([0, 200, 1000, 5000]), ...quotas(chance).settings },
    chime: chimeOf(chance),
    faultRates: isCalm ? CALM : faultRatesOf(chance),
  };
}

/** Each fault is absent in half of all seeds, so that the others show what they do alone. */
function faultRatesOf(chance: Chance): FaultRates {
  const entries = Object.entries(MOST).map(([name, most]) => [
    name,
    chance.happens(0.5) ? most * chance.next() : 0,
  ]);
  return { ...CALM, ...Object.fromEntries(entries) };
}

/** Chime does not protect us: a meeting accepts more attendees than its capacity, and only connecting fails. */
function chimeOf(chance: Chance): Partial<EmulatorOptions> {
  return {
    capacityError: 'only-at-connect',
    ratePerSecond: 10_000,
    burst: 10_000,
    replicasPerPrimary: chance.pick([1, 2, 4, 4]),
    externalUserIdRepeat: chance.pick(['new', 'new', 'same']),
    secondDeleteError: chance.pick(['NotFoundException', 'ForbiddenException']),
    primaryError: chance.pick(['BadRequestException', 'NotFoundException', 'ForbiddenException']),
    batchOverCapacity: chance.pick(['partial', 'all-or-nothing']),
    tokenScope: chance.pick(['per-operation', 'shared']),
    tokenAfterEnd: chance.pick(['ended-meeting', 'ended-meeting', 'new-meeting']),
  };
}

function quotas(chance: Chance): { settings: Partial<Settings> } {
  const isAmple = chance.happens(0.8);
  return { settings: { chimeRatePerSecond: isAmple ? 10_000 : 10, chimeBurst: isAmple ? 10_000 : 20 } };
}

export { CALM };
