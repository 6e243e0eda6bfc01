import type { Role } from '../../lib/context.ts';
import { type Chance, chanceOf } from '../chance.ts';
import type { Plan } from '../plan/plan.ts';
import { CAPTIONS, changeCaptions } from './captions.ts';
import type { Outcome, Verb } from './operations.ts';
import { type Me, persist } from './person.ts';
import { reload } from './reload.ts';

/** A person, and all that they do in one meeting before the end. */
export interface Part {
  name: string;
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
const MORE_HOST_VERBS: readonly Verb[] = [
  ...(['mute', 'patch', 'patch', 'provision', 'create', 'ban', 'unban', 'unban', 'join'] as const),
];
const SHOW_VERBS: readonly Verb[] = ['goLive', 'goLive', 'goLive', 'endLive', 'create', 'create', 'join'];
const DRAIN_VERBS: readonly Verb[] = [
  ...(['drain', 'drain', 'evacuate', 'evacuate', 'operate', 'operate', 'lift', 'join'] as const),
];
/** How often a host who drains does that, rather than anything else. */
const DRAINS = 0.5;
const MORE_PRESENTER_VERBS: readonly Verb[] = ['mute', 'patch', 'patch', 'join'];

/** The cast of a seed's plan: one host or two, some presenters, some viewers. With two names, each has fewer. */
export function castOf(plan: Plan): Part[] {
  return plan.names.flatMap((name, n) => castOfName(plan, name, n));
}

function castOfName(plan: Plan, name: string, n: number): Part[] {
  const isAlone = plan.names.length === 1;
  const presenterCount = isAlone ? plan.presenters : Math.min(1, plan.presenters);
  const viewerCount = isAlone ? plan.viewers : Math.min(2, plan.viewers);
  const presenters = Array.from({ length: presenterCount }, (_, k) => `presenter-${k}`);
  const viewers = Array.from({ length: viewerCount }, (_, k) => `viewer-${k}`);
  const others = [...presenters, ...viewers];
  const part = (who: string, role: Role, play: Part['play']): Part => ({
    name,
    who,
    role,
    chance: chanceOf(plan.seed, n === 0 ? who : `${name}/${who}`),
    play,
  });
  return [
    part('host', 'host', (me) => playHost(me, plan, others)),
    ...(plan.hosts > 1
      ? [part('host-1', 'host', (me) => playSecondHost(me, plan, [...others, 'host']))]
      : []),
    ...presenters.map((who) => part(who, 'presenter', (me) => playPresenter(me, plan, viewers))),
    ...viewers.map((who) => part(who, 'viewer', (me) => playViewer(me, plan))),
  ];
}

/** Plays a host. A host keeps returning to the same person, so that requests about one person meet. */
async function playHost(me: Me, plan: Plan, others: string[]): Promise<void> {
  await persist(me, 'create', optionsOf(plan));
  if (me.chance.happens(0.2)) await endDuringOpening(me, plan);
  await persist(me, 'join');
  await rule(me, plan, others);
}

async function playSecondHost(me: Me, plan: Plan, others: string[]): Promise<void> {
  await me.wait(me.chance.below(plan.startMs));
  if (me.chance.happens(0.7)) await persist(me, 'join');
  await rule(me, plan, others);
}

async function rule(me: Me, plan: Plan, others: string[]): Promise<void> {
  const favourite = me.chance.pick(others);
  const verbs = [
    ...HOST_VERBS,
    ...(plan.kinds.has('verbs') ? MORE_HOST_VERBS : []),
    ...(plan.kinds.has('shows') ? SHOW_VERBS : []),
  ];
  for (let n = 0; n < plan.verbsEach + 2; n++) {
    await me.wait(me.chance.below(plan.paceMs));
    if (plan.kinds.has('captions') && me.chance.happens(CAPTIONS)) {
      await changeCaptions(me);
      continue;
    }
    const drains = plan.kinds.has('drains') && me.chance.happens(DRAINS);
    const verb = me.chance.pick(drains ? DRAIN_VERBS : verbs);
    const whom = me.chance.happens(0.6) ? favourite : me.chance.pick([...others, 'host']);
    await me.ask(verb, { whom, body: bodyOf(verb, me, plan) });
    if (verb === 'end' && me.chance.happens(0.7)) await reopen(me, plan);
  }
  if (plan.kinds.has('captions')) await changeCaptions(me);
  if (plan.kinds.has('drains'))
    await me.ask(me.chance.pick(DRAIN_VERBS), { body: { mediaRegion: 'us-east-1' } });
}

/** Ends the meeting while it is being opened, and opens it again. */
async function endDuringOpening(me: Me, plan: Plan): Promise<void> {
  const end = async () => {
    await me.wait(me.chance.below(60));
    await me.ask('end');
  };
  await Promise.all([me.ask('join'), end()]);
  await me.ask('create', { body: optionsOf(plan) });
}

async function reopen(me: Me, plan: Plan): Promise<void> {
  if (me.chance.happens(0.25)) await me.ask('reopen');
  else await me.ask('create', { body: optionsOf(plan) });
  await persist(me, 'join');
}

async function playPresenter(me: Me, plan: Plan, viewers: string[]): Promise<void> {
  await me.wait(me.chance.below(700));
  await persist(me, 'join');
  const verbs = [...PRESENTER_VERBS, ...(plan.kinds.has('verbs') ? MORE_PRESENTER_VERBS : [])];
  for (let n = 0; n < plan.verbsEach; n++) {
    await me.wait(me.chance.below(plan.paceMs));
    if (plan.kinds.has('captions') && me.chance.happens(CAPTIONS)) await changeCaptions(me);
    const verb = me.chance.pick(verbs);
    const whom = verb === 'patch' && me.chance.happens(0.5) ? me.who : me.chance.pick(viewers);
    await me.ask(verb, { whom, body: bodyOf(verb, me, plan) });
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
    if (plan.kinds.has('reloads') && me.chance.happens(0.5)) {
      await reload(me, plan, body);
      continue;
    }
    const verb = me.chance.pick(VIEWER_VERBS);
    await onAll(() => me.ask(isBoth ? verb : me.chance.pick(VIEWER_VERBS), { whom: me.who, body }));
  }
}

const CAPABILITIES = [
  { Audio: 'SendReceive', Video: 'SendReceive', Content: 'SendReceive' },
  { Audio: 'SendReceive', Video: 'Receive', Content: 'Receive' },
  { Audio: 'Receive', Video: 'SendReceive', Content: 'SendReceive' },
];

function bodyOf(verb: Verb, me: Me, plan: Plan): object {
  if (verb === 'patch') return { capabilities: me.chance.pick(CAPABILITIES) };
  if (verb === 'provision') return { seats: { [me.chance.pick(MEDIA_REGIONS)]: 1 + me.chance.below(8) } };
  if (verb === 'drain' || verb === 'evacuate' || verb === 'operate' || verb === 'lift')
    return { mediaRegion: me.chance.happens(0.5) ? 'us-east-1' : me.chance.pick(MEDIA_REGIONS) };
  if (verb !== 'create') return {};
  const options = plan.kinds.has('verbs') ? otherOptions(me, plan) : optionsOf(plan);
  return plan.kinds.has('shows') ? { ...options, ...showOf(me) } : options;
}

/** A curtain, a start within half a minute, both or neither. */
function showOf({ chance, now }: Me): object {
  const startsAt = new Date(now() + chance.below(30_000)).toISOString();
  return {
    ...(chance.happens(0.5) && { admission: 'manual' }),
    ...(chance.happens(0.4) && { startsAt }),
  };
}

/** Options that differ from those the meeting was opened with. Tags are part of the request to Chime. */
function otherOptions({ chance }: Me, plan: Plan): object {
  const tags = chance.pick([undefined, [{ Key: 'show', Value: 'two' }]]);
  const maxReplicas = chance.pick([plan.options.maxReplicas, 1 + chance.below(3)]);
  return { ...optionsOf(plan), maxReplicas, ...(tags && { tags }) };
}

export function optionsOf({ options }: Plan): object {
  const { maxReplicas, waitForPresenter, maxCount } = options;
  return { maxReplicas, waitForPresenter, meetingFeatures: { Attendee: { MaxCount: maxCount } } };
}
