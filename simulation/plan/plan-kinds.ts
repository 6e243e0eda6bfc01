import type { EmulatorOptions } from '../../emulator/options.ts';
import type { Settings } from '../../lib/settings.ts';
import type { Chance } from '../chance.ts';
import type { Kind } from './kinds.ts';

/** The part of a seed's plan that the kinds of disturbance which it plays decide. */
export interface More {
  kinds: ReadonlySet<Kind>;
  names: readonly string[];
  /** Hosts of each name. */
  hosts: number;
  /** The least number of reconciler passes, where a kind needs more than most seeds have. */
  passesAtLeast: number;
  /** The lead of each container's clock over Chime's (milliseconds). */
  skewMs: readonly number[];
  /** How far the clock jumps when it jumps past days (milliseconds). */
  leapMs: number;
  /** The greatest age of an eventually consistent read (milliseconds). */
  oldReadMs: number;
  settings: Partial<Settings>;
  chime: Partial<EmulatorOptions>;
  faultRates: { slow: number; stall: number; changeLimits: number; loseEvent?: number; day?: number };
}

export const NAME = 'town-hall';
const OTHER_NAME = 'gala';

/** No two clocks, of Chime and of all containers, differ by more than twice this (milliseconds). */
const MOST_SKEW_MS = 2500;
const DAY_MS = 86_400_000;
/** After how long Amazon Transcribe ends a stream. Where no day is leapt, it is short, so that seeds see streams end. */
const TRANSCRIPTION_LIMIT_MS = { withLeaps: 14_400_000, without: 60_000 };
const CONTAINERS_AT_MOST = 3;

/** Draws what each kind decides. The draws of a kind that is not played are made too, so that kinds stay independent. */
export function moreOf(kinds: ReadonlySet<Kind>, chance: Chance, base: { day: number }): More {
  const has = (kind: Kind) => kinds.has(kind);
  const slow = chance.pick([0.03, 0.15, 0.4]);
  const stall = chance.pick([0.005, 0.02, 0.05]);
  const changeLimits = chance.pick([0.005, 0.03]);
  const skews = Array.from({ length: CONTAINERS_AT_MOST }, () => chance.pick([-1, 0, 1, chance.next()]));
  const hosts = chance.pick([1, 2, 2]);
  const passes = 1 + chance.below(4);
  const day = chance.pick([0, 0.005, 0.01]);
  const loseEvent = chance.pick([0, 0.3, 0.5]);
  const oldReadMs = chance.pick([50, 1000, 1000]);
  const switches = switchesOf(chance);
  const days = chance.pick([1, 1, 2, 5]);
  const captionsRestartMs = chance.pick([1000, 20_000, 13_800_000]);
  const quota = chance.pick([undefined, { ratePerSecond: 0.2, burst: 1 }]);
  const quotaByOperation = quota && {
    StartMeetingTranscription: quota,
    StopMeetingTranscription: quota,
  };
  const transcriptionLimit = chance.pick(['none', 'resume', 'fail'] as const);
  const leaps = has('ttl') || base.day > 0;
  const transcriptionLimitMs = TRANSCRIPTION_LIMIT_MS[leaps ? 'withLeaps' : 'without'];
  return {
    kinds,
    names: has('names') ? [NAME, OTHER_NAME] : [NAME],
    hosts: has('names') ? hosts : 1,
    passesAtLeast: has('freeze') || has('connections') ? passes : 0,
    skewMs: skews.map((skew) => (has('skew') ? Math.round(skew * MOST_SKEW_MS) : 0)),
    leapMs: (has('ttl') ? days : 1) * DAY_MS,
    oldReadMs: has('old-reads') ? oldReadMs : 0,
    settings: {
      ...(has('ttl') && { retentionDays: 1 }),
      ...(has('captions') && { captionsRestartMs }),
    },
    chime: {
      ...(has('switches') && switches),
      ...(has('captions') && { transcriptionLimit, transcriptionLimitMs }),
      ...(has('captions') && quotaByOperation && { quotaByOperation }),
    },
    faultRates: {
      slow: has('slow') ? slow : 0,
      stall: has('freeze') ? stall : 0,
      changeLimits: has('limits') ? changeLimits : 0,
      ...(has('connections') && { loseEvent }),
      ...(has('ttl') && { day }),
    },
  };
}

/** Values for what AWS does not document, drawn at random. */
function switchesOf(chance: Chance): Partial<EmulatorOptions> {
  return {
    replicaFeatures: chance.pick(['own', 'of-primary']),
    tokenMismatch: chance.pick(['original', 'error']),
    freshMeetingNotFoundMs: chance.pick([0, 0, 600, 1500]),
    capacityError: chance.pick(['only-at-connect', 'LimitExceededException', 'UnprocessableEntityException']),
    duplicatesInBatch: chance.pick(['like-repeats', 'refuse-item']),
    replicasCountAsMeetings: chance.happens(0.5),
    replicaViewersKeepPrimaryAlive: chance.happens(0.5),
    meetingStartedEvent: chance.pick(['at-create', 'at-first-join']),
    cascadeEndedEvents: chance.happens(0.5),
    stopWhileOff: chance.pick([
      ...(['accept', 'NotFoundException', 'BadRequestException', 'UnprocessableEntityException'] as const),
    ]),
    stoppedEventAtEnd: chance.happens(0.5),
    constraintError: chance.pick(['ValidationException', 'BadRequestException']),
    semanticError: chance.pick(['BadRequestException', 'ValidationException']),
  };
}
