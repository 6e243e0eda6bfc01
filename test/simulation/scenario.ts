import type { Role } from '../../lib/call.ts';
import { isLater } from '../support/is-later.ts';
import { type Chance, chanceOf } from './chance.ts';
import type { Plan } from './plan.ts';
import type { Outcome, Verb } from './wishes.ts';

/** Somebody who asks things, in whatever world: simulated, or over HTTP. */
export interface Me {
  who: string;
  role: Role;
  chance: Chance;
  ask: (verb: Verb, more?: { whom?: string; role?: Role; body?: object }) => Promise<Outcome>;
  wait: (ms: number) => Promise<void>;
}

/** Somebody, and all that they do before the end. */
export interface Part {
  who: string;
  role: Role;
  chance: Chance;
  play: (me: Me) => Promise<void>;
}

const MEDIA_REGIONS = ['us-east-1', 'us-east-1', 'eu-central-1', 'ap-southeast-1'];
const HOST_VERBS: readonly Verb[] = [
  ...(['promote', 'promote', 'promote', 'demote', 'demote', 'remove', 'ban', 'ban', 'unban'] as const),
  ...(['join', 'join', 'leave', 'see', 'create', 'end', 'end'] as const),
];
const PRESENTER_VERBS: readonly Verb[] = ['join', 'join', 'leave', 'promote', 'demote'];
const VIEWER_VERBS: readonly Verb[] = [
  'join',
  'join',
  'join',
  'leave',
  'raise',
  'lower',
  'promotion',
  'promotion',
  'demote',
];

/** Everybody in the plan of a seed: one host, some presenters, some viewers. */
export function castOf(plan: Plan): Part[] {
  const presenters = Array.from({ length: plan.presenters }, (_, n) => `presenter-${n}`);
  const viewers = Array.from({ length: plan.viewers }, (_, n) => `viewer-${n}`);
  const others = [...presenters, ...viewers];
  const part = (who: string, role: Role, play: Part['play']): Part => ({
    who,
    role,
    chance: chanceOf(plan.seed, who),
    play,
  });
  return [
    part('host', 'host', (me) => playHost(me, plan, others)),
    ...presenters.map((who) => part(who, 'presenter', (me) => playPresenter(me, plan, viewers))),
    ...viewers.map((who) => part(who, 'viewer', (me) => playViewer(me, plan))),
  ];
}

/** Hosts have somebody whom they come back to again and again, so that requests about one person meet. */
async function playHost(me: Me, plan: Plan, others: string[]): Promise<void> {
  await persist(me, 'create', optionsOf(plan));
  if (me.chance.happens(0.2)) await changeMind(me, plan);
  await persist(me, 'join');
  const favourite = me.chance.pick(others);
  for (let n = 0; n < plan.verbsEach + 2; n++) {
    await me.wait(me.chance.below(plan.paceMs));
    const verb = me.chance.pick(HOST_VERBS);
    const whom = me.chance.happens(0.6) ? favourite : me.chance.pick([...others, 'host']);
    await me.ask(verb, { whom, body: verb === 'create' ? optionsOf(plan) : {} });
    if (verb === 'end' && me.chance.happens(0.7)) await reopen(me, plan);
  }
}

/** Ends the meeting while it is being opened, and opens it again. */
async function changeMind(me: Me, plan: Plan): Promise<void> {
  const end = async () => {
    await me.wait(me.chance.below(60));
    await me.ask('end');
  };
  await Promise.all([me.ask('join'), end()]);
  await me.ask('create', { body: optionsOf(plan) });
}

async function reopen(me: Me, plan: Plan): Promise<void> {
  await me.ask('create', { body: optionsOf(plan) });
  await persist(me, 'join');
}

async function playPresenter(me: Me, plan: Plan, viewers: string[]): Promise<void> {
  await me.wait(me.chance.below(700));
  await persist(me, 'join');
  for (let n = 0; n < plan.verbsEach; n++) {
    await me.wait(me.chance.below(plan.paceMs));
    await me.ask(me.chance.pick(PRESENTER_VERBS), { whom: me.chance.pick(viewers) });
  }
}

async function playViewer(me: Me, plan: Plan): Promise<void> {
  const body = { mediaRegion: me.chance.pick(MEDIA_REGIONS) };
  const devices = me.chance.happens(plan.twoDevices) ? 2 : 1;
  const onAll = (ask: () => Promise<Outcome>) => Promise.all(Array.from({ length: devices }, ask));
  await me.wait(me.chance.below(plan.startMs));
  await onAll(() => persist(me, 'join', body));
  for (let n = 0; n < plan.verbsEach; n++) {
    await me.wait(me.chance.below(plan.paceMs));
    const isBoth = me.chance.happens(0.5);
    const verb = me.chance.pick(VIEWER_VERBS);
    await onAll(() => me.ask(isBoth ? verb : me.chance.pick(VIEWER_VERBS), { whom: me.who, body }));
  }
}

/** Ask until there is an answer, as clients do: after as long as the last answer said. Some give up. */
export async function persist(me: Me, verb: Verb, body: object = {}, tries = 3): Promise<Outcome> {
  let outcome = await me.ask(verb, { body });
  for (let n = 1; n < tries && retryAfter(outcome) !== undefined; n++) {
    await me.wait(retryAfter(outcome) as number);
    outcome = await me.ask(verb, { body });
  }
  return outcome;
}

/** When a client asks again; undefined where it has its answer. */
export function retryAfter(outcome: Outcome): number | undefined {
  if (outcome.kind === 'answered')
    return outcome.answer.status === 202 ? outcome.answer.retryAfterMs : undefined;
  if (outcome.kind !== 'refused') return 1000;
  return isLater(outcome.code) ? (outcome.retryAfterMs ?? 2000) : undefined;
}

export function optionsOf({ options }: Plan): object {
  const { maxReplicas, waitForPresenter, maxCount } = options;
  return { maxReplicas, waitForPresenter, meetingFeatures: { Attendee: { MaxCount: maxCount } } };
}
