import type { ChimeEvent } from '../../emulator/state/event-log.ts';
import type { ChimeEvent as EventDetail } from '../../lib/contract/chime-event.ts';
import { applyEvent } from '../../lib/flows/epoch/apply-event.ts';
import { reconcile } from '../../lib/flows/reconcile/run.ts';
import { isOutage } from '../../lib/http/outage.ts';
import { Refusal } from '../../lib/refusals.ts';
import { type Chance, chanceOf } from '../chance.ts';
import { say, type World } from '../world.ts';
import { launch, type Means } from './processes.ts';

/** The work that no client's request starts: the delivery of Chime's events, and the reconciler. */
export interface Environment {
  /** The faults found since this list was last emptied. */
  faults: string[];
  reconcile: () => void;
  /** A pass to which every name is due, as those without trouble are every five minutes. */
  reconcileAll: () => void;
}

const EVENT_MOST_MS = 10_000;
const SWEEP_MOST_MS = 60_000;
const RECEIVED_AT_MOST = 3;
const RELEVANT = [
  ...['MeetingEnded', 'AttendeeDeleted', 'AttendeeJoined', 'AttendeeLeft', 'AttendeeDropped'],
  ...['Started', 'Interrupted', 'Resumed', 'Failed', 'Stopped'].map((what) => `Transcription${what}`),
];

export function createEnvironment(world: World): Environment {
  const chance = chanceOf(world.plan.seed, 'backstage');
  const faults: string[] = [];
  const complain = (what: string, error: unknown) => {
    if (isOutage(error) || error instanceof Refusal) return;
    faults.push(`${what} failed: ${(error as Error).stack}`);
  };
  const stage = { world, chance, complain, count: 0 };
  world.chime.state.onEvent((delivery) => {
    if (delivery.via === 'EventBridge') send(stage, delivery.event);
  });
  const { passes, passesAtLeast } = world.plan;
  for (let n = 0; n < Math.max(passes, passesAtLeast); n++)
    at(world, chance.below(n < passes ? 4000 : 40_000), () => reconcileSoon(stage));
  return { faults, reconcile: () => reconcileOnce(stage), reconcileAll: () => reconcileSoon(stage) };
}

interface Scene {
  world: World;
  chance: Chance;
  complain: (what: string, error: unknown) => void;
  /** How many functions were started. */
  count: number;
}

function at(world: World, ms: number, happen: () => void): void {
  world.agenda.pending.push({ process: undefined, due: world.agenda.now + ms, happen });
}

/** Delivers an event. Events get lost, arrive twice, and overtake each other. */
function send(scene: Scene, event: ChimeEvent): void {
  const { world, chance } = scene;
  const { loseEvent, repeatEvent } = world.faultRates;
  const isRelevant = RELEVANT.some((name) => event.detail.eventType === `chime:${name}`);
  if (!isRelevant || chance.happens(loseEvent)) return;
  const times = chance.happens(repeatEvent) ? 2 : 1;
  for (let n = 0; n < times; n++)
    at(world, chance.below(3000), () => receive(scene, event.detail as EventDetail, 1));
}

/** A failed delivery is received again, a few times. */
function receive(scene: Scene, event: EventDetail, times: number): void {
  const { world, chance, complain } = scene;
  const id = `event.${++scene.count}`;
  const run = ({ now }: Means) => applyEvent(event, now());
  const onStart = () =>
    say(world, `${id} ${event.eventType} ${event.meetingId} ${event.externalUserId ?? ''}`);
  launch(world, { work: { id, mostMs: EVENT_MOST_MS, run, onStart }, chance }, (result) => {
    if (result.kind === 'failed') complain(id, result.error);
    if (result.kind !== 'done' && times < RECEIVED_AT_MOST)
      at(world, 1000, () => receive(scene, event, times + 1));
  });
}

/** Makes the names due for the reconciler now, as they would be minutes later. */
function reconcileSoon(scene: Scene): void {
  const { items } = scene.world.dynamo.table;
  for (const [key, item] of items) if (item.reconcileAt) items.set(key, { ...item, reconcileAt: { N: '0' } });
  reconcileOnce(scene);
}

function reconcileOnce(scene: Scene): void {
  const { world, chance, complain } = scene;
  const id = `reconcile.${++scene.count}`;
  const until = world.agenda.now + SWEEP_MOST_MS / 2;
  const run = (means: Means) => reconcile({ ...means, until, failed: (_, error) => complain(id, error) });
  launch(world, { work: { id, mostMs: SWEEP_MOST_MS, run }, chance }, (result) => {
    if (result.kind === 'failed') complain(id, result.error);
  });
}
