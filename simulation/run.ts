import { endMeeting } from '../emulator/state/meetings/lifecycle.ts';
import { type Container, createContainer, currentContainer, useContainer } from '../lib/container.ts';
import { settings } from '../lib/settings.ts';
import { createActors } from './actors/actors.ts';
import { createConnections } from './actors/connections.ts';
import { createEnvironment } from './actors/environment-events.ts';
import { castOf } from './actors/scenario.ts';
import { plugIn } from './aws/clients.ts';
import { afterwards } from './checks/afterwards.ts';
import { alwaysFaults } from './checks/always.ts';
import { attendanceFaults } from './checks/attendance.ts';
import { recordTruth } from './checks/attendance-scene.ts';
import { listFaults } from './checks/lists.ts';
import { storesOf } from './checks/stores.ts';
import { playStream, webhookFaults } from './checks/webhooks.ts';
import { deleteExpired } from './expiry.ts';
import { type Kind, PLAYED } from './plan/kinds.ts';
import { changeLimits } from './plan/limits.ts';
import { type Plan, planOf } from './plan/plan.ts';
import { hasWork, passTime, takeNext } from './scheduler.ts';
import type { Stage } from './stage.ts';
import { underVirtualTime } from './virtual-time.ts';
import { carrierOf, createWorld, say, type World } from './world.ts';

/** The result of one seed's run. The same seed gives the same trace. */
export interface Run {
  plan: Plan;
  steps: number;
  trace: string[];
  /** The faults found, in words. Empty where there are none. */
  faults: string[];
}

/** The steps at most of each name: while an account may open no meeting, every person retries to the last. */
const STEPS_AT_MOST = 6000;
const turnOfTheLoop = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Runs the scenario of one seed with its disturbances, then without them, then checks the final state. */
export async function runSeed(
  seed: number,
  { way = 'short', played = PLAYED }: { way?: 'short' | 'whole'; played?: readonly Kind[] } = {},
): Promise<Run> {
  const plan = planOf(seed, played);
  const world = createWorld(plan);
  const connections = createConnections(world);
  const truth = recordTruth(world);
  const told = playStream(world);
  const actors = createActors(world, connections);
  const environment = createEnvironment(world);
  const before = { ...settings() };
  Object.assign(settings(), plan.settings);
  await plugIn(carrierOf(world), way);
  const containers = Array.from({ length: plan.containers }, () => createContainer(currentContainer()));
  const stage: Stage = {
    ...{ world, actors, environment, connections, containers },
    ...{ published: new Map(), faults: [], changes: 0 },
  };
  await underVirtualTime(world.agenda, world.chance.order, async () => {
    for (const part of castOf(plan)) actors.enter(part);
    await play(stage);
    if (stage.faults.length === 0) await afterwards(stage, () => play(stage));
    if (stage.faults.length === 0) stage.faults.push(...(await listFaults(stage, () => play(stage))));
    if (stage.faults.length === 0)
      for (const name of plan.names)
        stage.faults.push(...attendanceFaults(stage, truth, name), ...webhookFaults(world, told, name));
  });
  for (const fault of stage.faults) say(world, `WRONG: ${fault}`);
  Object.assign(settings(), before);
  useContainer(createContainer(currentContainer()));
  return { plan, steps: world.step, trace: world.trace, faults: stage.faults };
}

/** Runs one event after the other until none is left, or a fault is found. */
async function play(stage: Stage): Promise<void> {
  const { world, actors, environment, faults } = stage;
  while (faults.length === 0) {
    disturb(world);
    const pending = takeNext(world.agenda, world.chance.order, world.plan.order === 'priorities');
    if (!pending) {
      // Clients whose function died go on before the run counts as finished.
      await turnOfTheLoop();
      if (!hasWork(world.agenda)) return;
      continue;
    }
    world.step++;
    if (world.step > STEPS_AT_MOST * world.plan.names.length) faults.push('it does not come to an end');
    world.agenda.current = pending.process;
    useContainer(stage.containers[pending.process?.container ?? 0] as Container);
    pending.happen();
    await turnOfTheLoop();
    faults.push(...actors.faults.splice(0), ...environment.faults.splice(0), ...world.faults.splice(0));
    faults.push(...faultsSince(stage), ...stage.connections.faults(actors.histories));
    passTime(world.agenda, world.chance.order.below(8));
  }
}

/** The invariant violations of the stores, if they changed since the last check. */
function faultsSince(stage: Stage): string[] {
  const { dynamo, chime } = stage.world;
  const changes = dynamo.table.writes + chime.asked;
  if (changes === stage.changes) return [];
  stage.changes = changes;
  const { plan } = stage.world;
  return plan.names.flatMap((name) => alwaysFaults(storesOf(stage.world, name), stage.published));
}

/** Time jumps, and an operator ends a meeting at Chime, with the probabilities of the plan. */
function disturb(world: World): void {
  const { faultRates, agenda, chime, plan } = world;
  const { fate } = world.chance;
  const leaps: [number, number][] = [
    [faultRates.seconds, 100 + fate.below(4000)],
    [faultRates.leases, 21_000],
    [faultRates.idle, 301_000],
    [faultRates.day, plan.leapMs],
  ];
  const leap = leaps.find(([probability]) => fate.happens(probability))?.[1];
  if (leap) {
    say(world, `${leap} ms go by`);
    passTime(agenda, leap);
    deleteExpired(world);
  }
  if (world.chance.limits.happens(faultRates.changeLimits))
    say(world, changeLimits(world.limits, chime.state.options, world.chance.limits));
  if (!fate.happens(faultRates.endByHand) || chime.state.live.size === 0) return;
  const ended = fate.pick([...chime.state.live]);
  say(world, `${ended.meetingId} is ended by hand`);
  world.endedByHand.add(ended.meetingId);
  endMeeting(chime.state, ended, agenda.now);
}
