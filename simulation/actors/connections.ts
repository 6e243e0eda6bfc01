import { connect, disconnect } from '../../emulator/state/attendees/presence.ts';
import type { Attendee, Meeting } from '../../emulator/state/meetings/meeting.ts';
import { type Chance, chanceOf } from '../chance.ts';
import { wasEvacuated } from '../checks/drains.ts';
import { during, type Given, type History } from '../checks/history.ts';
import { say, type World } from '../world.ts';
import type { Verb } from './operations.ts';

/** One client's connection to Chime, with the credential of its person. */
interface Connection {
  given: Given;
  meeting: Meeting;
  attendee: Attendee;
  /** The step in which it was made. */
  since: number;
}

/** The clients that are connected to Chime. They connect without our functions, and tell our functions nothing. */
export interface Connections {
  /** Connects a person's client to Chime with the credential that the person was given. */
  open: (given: Given) => void;
  /** The person leaves for good: their clients disconnect from Chime. */
  leave: (name: string, who: string) => void;
  /** Every client closes its page. Our functions get no request about it. */
  closeAll: () => void;
  /** Every client loses its network for some seconds. */
  dropAll: () => void;
  /** The connections that Chime ended without a reason, since the last call. */
  faults: (histories: ReadonlyMap<string, History>) => string[];
}

const CONNECTS = 0.85;
const CONNECTS_WITHIN_MS = 1500;
const DROPS = 0.5;
const DROPS_AFTER_MS = [500, 8000, 20_000];
const RECONNECTS = 0.8;
/** A client tries to reconnect for 120 s. */
const RECONNECTS_AFTER_MS = [300, 3000, 30_000];

export function createConnections(world: World): Connections {
  const scene: Scene = {
    world,
    chance: chanceOf(world.plan.seed, 'connections'),
    live: new Map(),
    gone: new Map(),
  };
  if (!world.plan.kinds.has('connections')) return NONE;
  return {
    open: (given) => open(scene, given),
    leave: (name, who) => leave(scene, name, who),
    closeAll: () => {
      for (const { given } of [...scene.live.values()]) leave(scene, given.entry.name, given.entry.who);
    },
    dropAll: () => {
      for (const { given, meeting, attendee } of [...scene.live.values()]) {
        drop(scene, given, { meeting, attendee });
      }
    },
    faults: (histories) => {
      const cut = lost(scene);
      return cut.flatMap((one) => faultsOf(scene, { one, cut }, histories));
    },
  };
}

const nothing = () => {};
const NONE: Connections = {
  ...{ open: nothing, leave: nothing, closeAll: nothing, dropAll: nothing },
  faults: () => [],
};

interface Scene {
  world: World;
  chance: Chance;
  /** By AttendeeId. */
  live: Map<string, Connection>;
  /**
   * The number of times that each person left each meeting. A plan that a client made before a departure is void after
   * it.
   */
  gone: Map<string, number>;
}

const personOf = ({ entry }: Given) => `${entry.name}/${entry.who}`;

/** Does something later, unless the person has left by then. */
function plan(scene: Scene, given: Given, afterMs: number, happen: () => void): void {
  const { world, gone } = scene;
  const departures = gone.get(personOf(given));
  const unlessGone = () => {
    if (gone.get(personOf(given)) === departures) happen();
  };
  world.agenda.pending.push({ process: undefined, due: world.agenda.now + afterMs, happen: unlessGone });
}

function open(scene: Scene, given: Given): void {
  const { chance } = scene;
  if (chance.happens(CONNECTS))
    plan(scene, given, chance.below(CONNECTS_WITHIN_MS), () => connectNow(scene, given));
}

function connectNow(scene: Scene, given: Given): void {
  const { world, chance, live } = scene;
  const meeting = world.chime.state.meetings.get(given.meetingId);
  const attendee = meeting?.attendees.get(given.attendeeId);
  if (!meeting || !attendee) return;
  const outcome = connect(world.chime.state, { meeting, attendee });
  say(world, `${personOf(given)} connects to the ${given.kind}: ${outcome}`);
  if (outcome === 'done') live.set(given.attendeeId, { given, meeting, attendee, since: world.step });
  if (outcome === 'done' && chance.happens(DROPS))
    plan(scene, given, chance.pick(DROPS_AFTER_MS), () => drop(scene, given, { meeting, attendee }));
}

function drop(scene: Scene, given: Given, connection: Pick<Connection, 'meeting' | 'attendee'>): void {
  const { world, chance, live } = scene;
  if (!live.delete(given.attendeeId)) return;
  disconnect(world.chime.state, connection, 'dropped');
  say(world, `${personOf(given)} drops out of the ${given.kind}`);
  if (chance.happens(RECONNECTS))
    plan(scene, given, chance.pick(RECONNECTS_AFTER_MS), () => connectNow(scene, given));
}

function leave({ world, live, gone }: Scene, name: string, who: string): void {
  const person = `${name}/${who}`;
  gone.set(person, (gone.get(person) ?? 0) + 1);
  for (const [id, { given, meeting, attendee }] of live) {
    if (personOf(given) !== person) continue;
    live.delete(id);
    disconnect(world.chime.state, { meeting, attendee }, 'left');
  }
}

function lost({ live }: Scene): Connection[] {
  const cut = [...live.values()].filter(({ attendee }) => !attendee.connected);
  for (const { given } of cut) live.delete(given.attendeeId);
  return cut;
}

/**
 * A client that was not removed, demoted or disconnected stays connected until its meeting ends: by a host, by hand, by age,
 * with its primary, or by the evacuation of its media region. Nothing else ends a primary that has a connected client.
 */
function faultsOf(
  scene: Scene,
  { one, cut }: { one: Connection; cut: Connection[] },
  histories: ReadonlyMap<string, History>,
): string[] {
  const { given, meeting } = one;
  const history = histories.get(given.entry.name) as History;
  if (meeting.endedAt === null)
    return isPutOut(scene, one, history) ? [] : [`${personOf(given)} was cut off from the ${given.kind}`];
  const primary = scene.world.chime.state.meetings.get(meeting.primaryMeetingId ?? '') ?? meeting;
  const ended = primary.endedAt === meeting.endedAt ? primary : meeting;
  const hadCompany = ended.primaryMeetingId !== null || cut.some((other) => other.meeting === ended);
  const isRight = !hadCompany || isEndedRightly(scene, ended, { history, since: given.entry.from });
  return isRight ? [] : [`the ${given.kind} was ended under ${personOf(given)}`];
}

function isEndedRightly(
  { world }: Scene,
  { meetingId, createdAt, endedAt, mediaRegion, primaryMeetingId }: Meeting,
  { history, since }: { history: History; since: number },
): boolean {
  const isOld = (endedAt ?? 0) - createdAt >= world.chime.state.options.maxMeetingAgeMs;
  const byHost = during(history, ['end'], { from: since, to: world.step }).length > 0;
  const isMoved = primaryMeetingId !== null && wasEvacuated(history, mediaRegion);
  return isOld || byHost || isMoved || world.endedByHand.has(meetingId);
}

const PUTS_OUT: Record<Given['kind'], Verb[]> = {
  primary: ['remove', 'ban', 'leave', 'demote'],
  replica: ['remove', 'ban', 'leave'],
};

function isPutOut({ world }: Scene, { given, since }: Connection, history: History): boolean {
  const { entry, kind } = given;
  return during(history, PUTS_OUT[kind], { from: since, to: world.step, about: entry.who }).length > 0;
}
