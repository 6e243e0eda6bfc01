import { checkEnd } from './at-last.ts';
import { orphans, sweptFaults } from './once-swept.ts';
import { CALM } from './plan.ts';
import type { Stage } from './run.ts';
import { castOf, type Me, optionsOf, type Part, persist } from './scenario.ts';
import { passTime } from './scheduler.ts';
import { type SeatsRecord, storesOf } from './stores.ts';
import type { Outcome } from './wishes.ts';
import { say } from './world.ts';

/** Past every lease, and past the interval in which somebody makes sure that the primary lives. */
const LATER_MS = 61_000;
const ROUNDS_AT_MOST = 4;
const TRIES = 12;
const SWEEPS = 3;

/**
 * The troubles are over, and all leases. Everybody wants to be in, and asks for as long as they are told to. What
 * they are told in the end has to be true, and the books have to be right.
 */
export async function afterwards(stage: Stage, play: () => Promise<void>): Promise<void> {
  const { world, faults } = stage;
  world.troubles = CALM;
  if (world.chance.order.happens(0.7)) await reopen(stage, play);
  const sweeps = world.chance.order.happens(0.4);
  // A sweep that died keeps the name from the next one for a minute and a half.
  if (onlySweepHelps(stage)) await sweepUp(stage, play, 2);
  for (let round = 0; round < ROUNDS_AT_MOST && faults.length === 0; round++) {
    const before = storesOf(world).topology?.epoch;
    const isSwept = round === 0 && world.chance.order.happens(0.3);
    const outcomes = await allComeBack(stage, play, isSwept);
    const now = storesOf(world).topology?.epoch;
    // Whoever was seated before somebody found the primary dead sits in a dead meeting, and whoever was refused before
    // the sweep made seats need not be: they come back once more.
    if (isSwept || before !== now || (!primaryIsAlive(stage) && anybodyIsIn(outcomes))) continue;
    faults.push(...checkEnd(world, outcomes));
    if (!sweeps) return;
    await sweepUp(stage, play, 1);
    // Before they die of idleness, which Chime would do to them by itself.
    if (faults.length === 0) faults.push(...orphans(storesOf(world)));
    await sweepUp(stage, play, SWEEPS - 1);
    if (faults.length === 0) faults.push(...sweptFaults(world));
    return;
  }
  if (faults.length === 0) faults.push('the primary dies again and again');
}

async function allComeBack(
  { world, troupe, backstage }: Stage,
  play: () => Promise<void>,
  sweeps: boolean,
): Promise<Map<string, Outcome>> {
  say(world, 'the troubles are over');
  passTime(world.agenda, LATER_MS);
  const outcomes = new Map<string, Outcome>();
  if (sweeps) backstage.sweep();
  for (const part of castOf(world.plan)) troupe.enter({ ...part, play: (me) => comeBack(me, outcomes) });
  await play();
  return outcomes;
}

/** A lost ticket has to be seen twice before it is taken for lost, and sweeps are a minute apart. */
async function sweepUp(
  { world, backstage, faults }: Stage,
  play: () => Promise<void>,
  times: number,
): Promise<void> {
  for (let n = 0; n < times && faults.length === 0; n++) {
    say(world, 'sweep');
    passTime(world.agenda, LATER_MS);
    backstage.sweep();
    await play();
  }
}

/** A host opens the name again, if it was ended. */
async function reopen({ world, troupe }: Stage, play: () => Promise<void>): Promise<void> {
  const [host] = castOf(world.plan) as [Part];
  passTime(world.agenda, LATER_MS);
  if (storesOf(world).topology?.status !== 'ended') return;
  troupe.enter({
    ...host,
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
function primaryIsAlive({ world }: Stage): boolean {
  const { topology, live } = storesOf(world);
  const id = topology?.status === 'live' ? topology.primary?.Meeting?.MeetingId : undefined;
  return id === undefined || live.some(({ meetingId }) => meetingId === id);
}

/**
 * Nobody but the sweep asks Chime for a replica, or takes a mark away that a crash left: where an event got lost, or
 * a ticket came back and its bearer died, it alone can notice.
 */
function onlySweepHelps({ world }: Stage): boolean {
  const { topology, live, seats } = storesOf(world);
  const open = topology?.replicas.filter(({ state }) => state === 'open') ?? [];
  const isForSale = (ordinal: number) =>
    seats.some((one) => one.epoch === topology?.epoch && one.ordinal === ordinal && hasTickets(one));
  return open.some(
    ({ meetingId, soldOut, ordinal }) =>
      !live.some((meeting) => meeting.meetingId === meetingId) || (soldOut && isForSale(ordinal)),
  );
}

const hasTickets = ({ taken, minted, spare }: SeatsRecord) => taken < minted || spare.size > 0;
