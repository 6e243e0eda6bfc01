import { LONGEST_LIMIT_PAUSE_MS } from '../../lib/domain/placement/learned-limit.ts';
import type { Outcome } from '../actors/operations.ts';
import { type Me, persist } from '../actors/person.ts';
import { castOf, optionsOf, type Part } from '../actors/scenario.ts';
import { deleteExpired } from '../expiry.ts';
import { liftLimits, liftQuotas } from '../plan/limits.ts';
import { CALM } from '../plan/plan.ts';
import { passTime } from '../scheduler.ts';
import type { Stage } from '../stage.ts';
import { say } from '../world.ts';
import { checkEnd } from './at-last.ts';
import { lostWish } from './captions.ts';
import { isEvacuating } from './drains.ts';
import type { History } from './history.ts';
import { forgottenMeetings, sweptFaults } from './once-reconciled.ts';
import { startPipelines } from './pipelines.ts';
import { type SeatsRecord, type Stores, storesOf } from './stores.ts';

/** Longer than every lease, and than the interval at which a request verifies that the primary lives. */
const LATER_MS = 61_000;
/** Longer than the time after which an empty stage ends its meeting. */
const LONG_MS = 901_000;
const ROUNDS_AT_MOST = 4;
/** Enough for an opening in which Chime hides the new meeting, and for permits reserved by a clock that is ahead. */
const TRIES = 30;
const PASSES = 3;

/** The final outcome of each person, by name. */
type Outcomes = ReadonlyMap<string, Map<string, Outcome>>;

/**
 * Checks the final state. All disturbances and leases are over. Every person wants to be in, and retries for as long as the
 * answers say so. Their final answers have to be true, and the records consistent.
 */
export async function afterwards(stage: Stage, play: () => Promise<void>): Promise<void> {
  const { world, faults } = stage;
  const { order } = world.chance;
  world.faultRates = CALM;
  liftQuotas(world.chime.state.options);
  if (world.plan.kinds.has('connections') && order.happens(0.5)) await goOnForLong(stage, play);
  if (world.plan.kinds.has('limits')) passLimits(stage);
  if (world.plan.kinds.has('ttl') && order.happens(0.5)) letExpire(stage);
  if (order.happens(0.7)) await reopen(stage, play);
  const passes = order.happens(0.4) || world.plan.kinds.has('captions');
  // A reconcile that died keeps the name leased for a minute and a half.
  if (storesOfAll(stage).some(onlySweepHelps)) await reconcileUp(stage, play, 2);
  for (let round = 0; round < ROUNDS_AT_MOST && faults.length === 0; round++) {
    const before = epochsOf(stage);
    const isSwept = round === 0 && order.happens(0.3);
    const outcomes = await allComeBack(stage, play, isSwept);
    // A person who was seated before a request found the primary dead sits in a dead meeting. A person who was refused before the
    // reconciler made seats may now get one. Both return once more.
    const diedUnseen = ({ name, ...stores }: Stores) =>
      !primaryIsAlive(stores) && anybodyIsIn(outcomes.get(name) as Map<string, Outcome>);
    if (isSwept || before !== epochsOf(stage) || storesOfAll(stage).some(diedUnseen)) continue;
    for (const [name, told] of outcomes)
      faults.push(...checkEnd(world, name, told), ...lostWishOf(stage, name));
    if (!passes) return;
    await reconcileUp(stage, play, 1);
    // Before Chime ends the meetings for idleness by itself.
    if (faults.length === 0) faults.push(...storesOfAll(stage).flatMap(forgottenMeetings));
    for (let n = 1; n < PASSES && faults.length === 0; n++) await passLater(stage, play, 'due');
    if (faults.length === 0) faults.push(...world.plan.names.flatMap((name) => sweptFaults(world, name)));
    return;
  }
  if (faults.length === 0) faults.push('the primary dies again and again');
}

const storesOfAll = ({ world }: Stage): Stores[] => world.plan.names.map((name) => storesOf(world, name));

const lostWishOf = ({ world, actors }: Stage, name: string) =>
  lostWish(actors.histories.get(name) as History, storesOf(world, name));

const epochsOf = (stage: Stage): string =>
  storesOfAll(stage)
    .map(({ topology }) => topology?.epoch)
    .join();

async function allComeBack(
  { world, actors, environment }: Stage,
  play: () => Promise<void>,
  passes: boolean,
): Promise<Outcomes> {
  say(world, 'the disturbances are over');
  passTime(world.agenda, LATER_MS);
  const outcomes = new Map(world.plan.names.map((name) => [name, new Map<string, Outcome>()]));
  if (passes) environment.reconcileAll();
  for (const part of castOf(world.plan))
    actors.enter({
      ...part,
      play: (me) => returnToMeeting(me, outcomes.get(part.name) as Map<string, Outcome>),
    });
  await play();
  return outcomes;
}

/**
 * Every name is due to the first pass. To the others, which are a minute apart, a name is due as the one before planned it: a
 * leak candidate has to be seen twice before it counts as leaked.
 */
async function reconcileUp(stage: Stage, play: () => Promise<void>, times: number): Promise<void> {
  for (let n = 0; n < times && stage.faults.length === 0; n++)
    await passLater(stage, play, n === 0 ? 'all' : 'due');
}

async function passLater(stage: Stage, play: () => Promise<void>, which: 'all' | 'due'): Promise<void> {
  passTime(stage.world.agenda, LATER_MS);
  await reconcileNow(stage, play, which);
}

async function reconcileNow(
  { world, environment }: Stage,
  play: () => Promise<void>,
  which: 'all' | 'due',
): Promise<void> {
  say(world, 'reconcile');
  if (which === 'all') environment.reconcileAll();
  else environment.reconcile();
  await play();
}

/**
 * The meeting goes on, and events get lost. For a quarter of an hour no request comes: connected clients watch, and the
 * reconciler runs.
 */
async function goOnForLong(stage: Stage, play: () => Promise<void>): Promise<void> {
  const { world, connections } = stage;
  world.faultRates = { ...CALM, loseEvent: world.plan.faultRates.loseEvent };
  const { order } = world.chance;
  if (order.happens(0.7)) {
    if (order.happens(0.5)) connections.closeAll();
    await reopen(stage, play);
    await allComeBack(stage, play, false);
    passTime(world.agenda, 20_000);
    if (order.happens(0.5)) connections.dropAll();
    await play();
  }
  world.faultRates = CALM;
  if (order.happens(0.8)) startPipelines(world);
  for (let n = 0; n < 3 && stage.faults.length === 0; n++) {
    passTime(stage.world.agenda, n === 0 ? LATER_MS : LONG_MS);
    await reconcileNow(stage, play, 'due');
  }
}

/** No client comes for days. All records are old enough to expire, and most of them do. */
function letExpire({ world }: Stage): void {
  say(world, 'five days go by');
  passTime(world.agenda, 5 * 86_400_000);
  deleteExpired(world);
}

/** A lifted limit has to be noticed. In some seeds the account's own limit stays. */
function passLimits({ world }: Stage): void {
  const { options } = world.chime.state;
  const { concurrentMeetings } = options;
  liftLimits(world.limits, options);
  if (world.chance.limits.happens(0.3)) options.concurrentMeetings = concurrentMeetings;
  say(world, `limits pass, but for ${options.concurrentMeetings} meetings`);
  passTime(world.agenda, LONGEST_LIMIT_PAUSE_MS);
}

/** A host opens each ended name again. */
async function reopen(stage: Stage, play: () => Promise<void>): Promise<void> {
  const { world, actors } = stage;
  passTime(world.agenda, LATER_MS);
  const ended = storesOfAll(stage).filter(({ topology }) => topology?.status === 'ended');
  const hosts = castOf(world.plan).filter(({ who }) => who === 'host');
  for (const { name } of ended)
    actors.enter({
      ...(hosts.find((host) => host.name === name) as Part),
      play: async (me) => void (await me.ask('create', { body: optionsOf(world.plan) })),
    });
  await play();
}

async function returnToMeeting(me: Me, outcomes: Map<string, Outcome>): Promise<void> {
  outcomes.set(me.who, await persist(me, 'join', {}, TRIES));
}

/** Where all are banned, no request verifies that the primary lives. */
const anybodyIsIn = (outcomes: Map<string, Outcome>) =>
  [...outcomes.values()].some((outcome) => outcome.kind === 'answered');

/** Whether the primary lives, if there is one. A primary may die of idleness while people come back to it. */
function primaryIsAlive({ topology, live }: Pick<Stores, 'topology' | 'live'>): boolean {
  const id = topology?.status === 'live' ? topology.primary?.Meeting?.MeetingId : undefined;
  return id === undefined || live.some(({ meetingId }) => meetingId === id);
}

/**
 * Only the reconciler asks Chime whether a replica lives, removes the mark that a crash left, and goes on with an evacuation.
 * After a lost event, or after the bearer of a returned ticket died, no other part can notice.
 */
function onlySweepHelps({ topology, live, seats }: Stores): boolean {
  if (isEvacuating(topology)) return true;
  const open = topology?.replicas.filter(({ state }) => state === 'open') ?? [];
  const isForSale = (ordinal: number) =>
    seats.some((one) => one.epoch === topology?.epoch && one.ordinal === ordinal && hasTickets(one));
  return open.some(
    ({ meetingId, soldOut, ordinal }) =>
      !live.some((meeting) => meeting.meetingId === meetingId) || (soldOut && isForSale(ordinal)),
  );
}

const hasTickets = ({ taken, minted, returned }: SeatsRecord) => taken < minted || returned.size > 0;
