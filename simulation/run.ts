import { endMeeting } from '../emulator/state/meetings/lifecycle.ts';
import { settings } from '../lib/settings.ts';
import { forgetTopologies } from '../lib/store/topology/topologies.ts';
import { createConnections } from './actors/connections.ts';
import { createBackstage } from './actors/environment-events.ts';
import { castOf } from './actors/scenario.ts';
import { createTroupe } from './actors/troupe.ts';
import { plugIn } from './aws/clients.ts';
import { afterwards } from './checks/afterwards.ts';
import { alwaysFaults } from './checks/always.ts';
import { storesOf } from './checks/stores.ts';
import { deleteExpired } from './expiry.ts';
import { type Kind, PLAYED } from './plan/kinds.ts';
import { changeLimits } from './plan/limits.ts';
import { type Plan, planOf } from './plan/plan.ts';
import { hasWork, passTime, takeNext } from './scheduler.ts';
import type { Stage } from './stage.ts';
import { underVirtualTime } from './virtual-time.ts';
import { carrierOf, createWorld, say, type World } from './world.ts';

/** How the run of one seed went. The same seed gives the same trace. */
export interface Run {
  plan: Plan;
  steps: number;
  trace: string[];
  /** What was found to be wrong, in words; empty where all was well. */
  faults: string[];
}

const STEPS_AT_MOST = 6000;
const turnOfTheLoop = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Play the scenario of one seed, with its troubles; then without; then look whether all is as it should be. */
export async function runSeed(
  seed: number,
  { way = 'short', played = PLAYED }: { way?: 'short' | 'whole'; played?: readonly Kind[] } = {},
): Promise<Run> {
  const plan = planOf(seed, played);
  const world = createWorld(plan);
  const connections = createConnections(world);
  const troupe = createTroupe(world, connections);
  const backstage = createBackstage(world);
  const memories = Array.from({ length: plan.containers }, () => new Map());
  const before = { ...settings() };
  Object.assign(settings(), plan.settings);
  await plugIn(carrierOf(world), way);
  const stage: Stage = {
    ...{ world, troupe, backstage, connections, memories },
    ...{ published: new Map(), faults: [], changes: 0 },
  };
  await underVirtualTime(world.agenda, world.chance.order, async () => {
    for (const part of castOf(plan)) troupe.enter(part);
    await play(stage);
    if (stage.faults.length === 0) await afterwards(stage, () => play(stage));
  });
  for (const fault of stage.faults) say(world, `WRONG: ${fault}`);
  Object.assign(settings(), before);
  forgetTopologies();
  return { plan, steps: world.step, trace: world.trace, faults: stage.faults };
}

/** Let one thing happen after the other until nothing is left to happen, or something is wrong. */
async function play(stage: Stage): Promise<void> {
  const { world, troupe, backstage, faults } = stage;
  while (faults.length === 0) {
    disturb(world);
    const pending = takeNext(world.agenda, world.chance.order, world.plan.order === 'priorities');
    if (!pending) {
      // Clients whose function died go on before it is said that nothing is left.
      await turnOfTheLoop();
      if (!hasWork(world.agenda)) return;
      continue;
    }
    world.step++;
    if (world.step > STEPS_AT_MOST) faults.push('it does not come to an end');
    world.agenda.current = pending.process;
    forgetTopologies(stage.memories[pending.process?.container ?? 0]);
    pending.happen();
    await turnOfTheLoop();
    faults.push(...troupe.faults.splice(0), ...backstage.faults.splice(0), ...world.faults.splice(0));
    faults.push(...faultsSince(stage), ...stage.connections.faults(troupe.witnesses));
    passTime(world.agenda, world.chance.order.below(8));
  }
}

/** What is wrong with the stores, if they changed since this was last asked. */
function faultsSince(stage: Stage): string[] {
  const { dynamo, chime } = stage.world;
  const changes = dynamo.table.writes + chime.asked;
  if (changes === stage.changes) return [];
  stage.changes = changes;
  const { plan } = stage.world;
  return plan.names.flatMap((name) => alwaysFaults(storesOf(stage.world, name), stage.published));
}

/** Time goes on by leaps, and somebody ends a meeting at Chime: as likely as the plan says. */
function disturb(world: World): void {
  const { troubles, agenda, chime } = world;
  const { fate } = world.chance;
  const leaps: [number, number][] = [
    [troubles.seconds, 100 + fate.below(4000)],
    [troubles.leases, 21_000],
    [troubles.idle, 301_000],
    [troubles.day, 86_400_000],
  ];
  const leap = leaps.find(([probability]) => fate.happens(probability))?.[1];
  if (leap) {
    say(world, `${leap} ms go by`);
    passTime(agenda, leap);
    deleteExpired(world);
  }
  if (world.chance.limits.happens(troubles.changeLimits))
    say(world, changeLimits(world.limits, chime.state.options, world.chance.limits));
  if (!fate.happens(troubles.endByHand) || chime.state.live.size === 0) return;
  const ended = fate.pick([...chime.state.live]);
  say(world, `${ended.meetingId} is ended by hand`);
  world.endedByHand.add(ended.meetingId);
  endMeeting(chime.state, ended, agenda.now);
}
