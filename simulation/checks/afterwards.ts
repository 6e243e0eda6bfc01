import type { Outcome } from '../actors/operations.ts';
import { castOf, type Me, optionsOf, type Part, persist } from '../actors/scenario.ts';
import { deleteExpired } from '../expiry.ts';
import { liftLimits } from '../plan/limits.ts';
import { CALM } from '../plan/plan.ts';
import { passTime } from '../scheduler.ts';
import type { Stage } from '../stage.ts';
import { say } from '../world.ts';
import { checkEnd } from './at-last.ts';
import { forgottenMeetings, sweptFaults } from './once-reconciled.ts';
import { startPipelines } from './pipelines.ts';
import { type SeatsRecord, type Stores, storesOf } from './stores.ts';

/** Past every lease, and past the interval in which somebody makes sure that the primary lives. */
const LATER_MS = 61_000;
/** Past the time after which an empty stage ends its meeting. */
const LONG_MS = 901_000;
const ROUNDS_AT_MOST = 4;
/** Enough for an opening in which Chime hides the new meeting and the permits of a clock that is ahead are waited for. */
const TRIES = 30;
const SWEEPS = 3;

/** What each person was told in the end, by name. */
type Outcomes = ReadonlyMap<string, Map<string, Outcome>>;

/**
 * The troubles are over, and all leases. Everybody wants to be in, and asks for as long as they are told to. What
 * they are told in the end has to be true, and the books have to be right.
 */
export async function afterwards(stage: Stage, play: () => Promise<void>): Promise<void> {
  const { world, faults } = stage;
  const { order } = world.chance;
  world.troubles = CALM;
  if (world.plan.kinds.has('connections') && order.happens(0.5)) await goOnForLong(stage, play);
  if (world.plan.kinds.has('limits')) passLimits(stage);
  if (world.plan.kinds.has('ttl') && order.happens(0.5)) letExpire(stage);
  if (order.happens(0.7)) await reopen(stage, play);
  const passes = order.happens(0.4);
  // A reconcile that died keeps the name from the next one for a minute and a half.
  if (storesOfAll(stage).some(onlySweepHelps)) await reconcileUp(stage, play, 2);
  for (let round = 0; round < ROUNDS_AT_MOST && faults.length === 0; round++) {
    const before = epochsOf(stage);
    const isSwept = round === 0 && order.happens(0.3);
    const outcomes = await allComeBack(stage, play, isSwept);
    // Whoever was seated before somebody found the primary dead sits in a dead meeting, and whoever was refused before
    // the reconciler made seats need not be: they come back once more.
    const diedUnseen = ({ name, ...stores }: Stores) =>
      !primaryIsAlive(stores) && anybodyIsIn(outcomes.get(name) as Map<string, Outcome>);
    if (isSwept || before !== epochsOf(stage) || storesOfAll(stage).some(diedUnseen)) continue;
    for (const [name, told] of outcomes) faults.push(...checkEnd(world, name, told));
    if (!passes) return;
    await reconcileUp(stage, play, 1);
    // Before they die of idleness, which Chime would do to them by itself.
    if (faults.length === 0) faults.push(...storesOfAll(stage).flatMap(forgottenMeetings));
    await reconcileUp(stage, play, SWEEPS - 1);
    if (faults.length === 0) faults.push(...world.plan.names.flatMap((name) => sweptFaults(world, name)));
    return;
  }
  if (faults.length === 0) faults.push('the primary dies again and again');
}

const storesOfAll = ({ world }: Stage): Stores[] => world.plan.names.map((name) => storesOf(world, name));

const epochsOf = (stage: Stage): string =>
  storesOfAll(stage)
    .map(({ topology }) => topology?.epoch)
    .join();

async function allComeBack(
  { world, troupe, backstage }: Stage,
  play: () => Promise<void>,
  passes: boolean,
): Promise<Outcomes> {
  say(world, 'the troubles are over');
  passTime(world.agenda, LATER_MS);
  const outcomes = new Map(world.plan.names.map((name) => [name, new Map<string, Outcome>()]));
  if (passes) backstage.reconcile();
  for (const part of castOf(world.plan))
    troupe.enter({ ...part, play: (me) => comeBack(me, outcomes.get(part.name) as Map<string, Outcome>) });
  await play();
  return outcomes;
}

/** A lost ticket has to be seen twice before it is taken for lost, and passes are a minute apart. */
async function reconcileUp(stage: Stage, play: () => Promise<void>, times: number): Promise<void> {
  for (let n = 0; n < times && stage.faults.length === 0; n++) {
    passTime(stage.world.agenda, LATER_MS);
    await reconcileNow(stage, play);
  }
}

async function reconcileNow({ world, backstage }: Stage, play: () => Promise<void>): Promise<void> {
  say(world, 'reconcile');
  backstage.reconcile();
  await play();
}

/**
 * The show goes on, and events get lost. For a quarter of an hour no request comes: those who are connected watch, and
 * the reconciler runs.
 */
async function goOnForLong(stage: Stage, play: () => Promise<void>): Promise<void> {
  const { world, connections } = stage;
  world.troubles = { ...CALM, loseEvent: world.plan.troubles.loseEvent };
  const { order } = world.chance;
  if (order.happens(0.7)) {
    if (order.happens(0.5)) connections.closeAll();
    await reopen(stage, play);
    await allComeBack(stage, play, false);
    passTime(world.agenda, 20_000);
    if (order.happens(0.5)) connections.dropAll();
    await play();
  }
  world.troubles = CALM;
  if (order.happens(0.8)) startPipelines(world);
  for (let n = 0; n < 3 && stage.faults.length === 0; n++) {
    passTime(stage.world.agenda, n === 0 ? LATER_MS : LONG_MS);
    await reconcileNow(stage, play);
  }
}

/** Nobody comes for days: all that was written is old enough to vanish, and most of it does. */
function letExpire({ world }: Stage): void {
  say(world, 'three days go by');
  passTime(world.agenda, 3 * 86_400_000);
  deleteExpired(world);
}

/** Limits that pass have to be noticed; in some seeds the account's own stays. */
function passLimits({ world }: Stage): void {
  const { options } = world.chime.state;
  const { concurrentMeetings } = options;
  liftLimits(world.limits, options);
  if (world.chance.limits.happens(0.3)) options.concurrentMeetings = concurrentMeetings;
  say(world, `limits pass, but for ${options.concurrentMeetings} meetings`);
}

/** A host opens each name again, if it was ended. */
async function reopen(stage: Stage, play: () => Promise<void>): Promise<void> {
  const { world, troupe } = stage;
  passTime(world.agenda, LATER_MS);
  const ended = storesOfAll(stage).filter(({ topology }) => topology?.status === 'ended');
  const hosts = castOf(world.plan).filter(({ who }) => who === 'host');
  for (const { name } of ended)
    troupe.enter({
      ...(hosts.find((host) => host.name === name) as Part),
      play: async (me) => void (await me.ask('create', { body: optionsOf(world.plan) })),
    });
  await play();
}

async function comeBack(me: Me, outcomes: Map<string, Outcome>): Promise<void> {
  outcomes.set(me.who, await persist(me, 'join', {}, TRIES));
}

/** Where all are banned, nobody asks whether the primary lives. */
const anybodyIsIn = (outcomes: Map<string, Outcome>) =>
  [...outcomes.values()].some((outcome) => outcome.kind === 'answered');

/** Where there is a primary, does it live? One may die of idleness while people come back to it. */
function primaryIsAlive({ topology, live }: Pick<Stores, 'topology' | 'live'>): boolean {
  const id = topology?.status === 'live' ? topology.primary?.Meeting?.MeetingId : undefined;
  return id === undefined || live.some(({ meetingId }) => meetingId === id);
}

/**
 * Nobody but the reconciler asks Chime for a replica, or takes a mark away that a crash left: where an event got lost, or
 * a ticket came back and its bearer died, it alone can notice.
 */
function onlySweepHelps({ topology, live, seats }: Stores): boolean {
  const open = topology?.replicas.filter(({ state }) => state === 'open') ?? [];
  const isForSale = (ordinal: number) =>
    seats.some((one) => one.epoch === topology?.epoch && one.ordinal === ordinal && hasTickets(one));
  return open.some(
    ({ meetingId, soldOut, ordinal }) =>
      !live.some((meeting) => meeting.meetingId === meetingId) || (soldOut && isForSale(ordinal)),
  );
}

const hasTickets = ({ taken, minted, returned }: SeatsRecord) => taken < minted || returned.size > 0;
