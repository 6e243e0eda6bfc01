import type { ChimeEvent } from '../../emulator/state/event-log.ts';
import { pastFrom } from '../../lib/domain/ledger/compaction.ts';
import { type Connection, partsOf } from '../../lib/domain/ledger/facts.ts';
import { type Interval, intervalsOf } from '../../lib/domain/ledger/intervals.ts';
import { type Life, spansOf } from '../../lib/domain/ledger/life.ts';
import { CLOCK_SKEW_MS } from '../../lib/domain/meeting/clocks.ts';
import { seatName } from '../../lib/domain/meeting/seats.ts';
import type { Topology } from '../../lib/domain/meeting/topology.ts';
import { bareItem } from '../dynamodb/wiring.ts';
import type { Kind } from '../plan/kinds.ts';
import type { Stage } from '../stage.ts';
import type { World } from '../world.ts';
import { type Stores, storesOf } from './stores.ts';

/** What truly happened at Chime: every event that it sent about a connection, whether or not it arrives. */
export type Truth = Map<string, { at: number; kind: 'joined' | 'ended' }[]>;

const ENDS = ['chime:AttendeeLeft', 'chime:AttendeeDropped', 'chime:AttendeeDeleted'];
const keyOf = (meetingId: string, externalUserId: string) => `${meetingId}/${externalUserId}`;

/** Writes down the truth from now on. */
export function recordTruth({ chime }: World): Truth {
  const truth: Truth = new Map();
  chime.state.onEvent(({ event, via }) => {
    const { eventType, meetingId, externalUserId = '', timestamp } = (event as ChimeEvent).detail;
    const kind =
      eventType === 'chime:AttendeeJoined' ? 'joined' : ENDS.includes(eventType) ? 'ended' : undefined;
    if (!kind || via !== 'EventBridge') return;
    const key = keyOf(meetingId, externalUserId as string);
    truth.set(key, [...(truth.get(key) ?? []), { at: timestamp, kind }]);
  });
  return truth;
}

interface Attended {
  externalUserId: string;
  intervals: Interval[];
}

/**
 * The faults in the attendance of the current life of a name. No interval lies before its meeting and the person's first request, or in the future.
 * One that is not estimated begins with a join. Where no event was lost, each join of a person who still holds that seat or
 * place begins one.
 */
export function attendanceFaults({ world, published, actors }: Stage, truth: Truth, name: string): string[] {
  const stores = storesOf(world, name);
  const { topology } = stores;
  if (!topology) return [];
  const scene = { world, topology, published, truth };
  const people = attendedIn(world, topology);
  const history = actors.histories.get(name)?.entries ?? [];
  const firstAsked = (who: string) =>
    Math.min(
      ...history.filter((entry) => entry.who === who || entry.whom === who).map(({ fromMs }) => fromMs),
    );
  return [
    ...people.flatMap((person) => outside(scene, person, firstAsked(person.externalUserId))),
    ...people.flatMap((person) => invented(scene, person)),
    ...(hearsAll(world) ? missing(scene, stores, people) : []),
  ];
}

interface Scene {
  world: World;
  topology: Topology;
  published: Stage['published'];
  truth: Truth;
}

function meetingOf({ topology, published, world }: Scene, connection: Connection) {
  const { epoch, ordinal } = partsOf(connection);
  const life = `${topology.externalMeetingId}/${topology.incarnation}/${epoch}`;
  const meetingId = published.get(`${life}/${ordinal ?? 'primary'}`);
  return meetingId === undefined ? undefined : { meetingId, ...world.chime.state.meetings.get(meetingId) };
}

function outside(scene: Scene, { externalUserId, intervals }: Attended, firstAsked: number): string[] {
  return intervals.flatMap(({ connection, from, to = from }) => {
    const meeting = meetingOf(scene, connection);
    if (!meeting) return [`${externalUserId} attended ${connection}, which was never open`];
    const earliest = Math.max(firstAsked, meeting.createdAt ?? 0) - CLOCK_SKEW_MS;
    const isRight = from >= earliest && to >= from && to <= scene.world.agenda.now + CLOCK_SKEW_MS;
    return isRight ? [] : [`${externalUserId} attended ${connection} from ${from} to ${to}`];
  });
}

function invented(scene: Scene, { externalUserId, intervals }: Attended): string[] {
  return intervals.flatMap(({ connection, from, isEstimated }) => {
    const meetingId = meetingOf(scene, connection)?.meetingId;
    const joins = [...scene.truth]
      .filter(([key]) => key.startsWith(`${meetingId}/`))
      .flatMap(([, told]) => told);
    const isTrue = isEstimated || joins.some(({ at, kind }) => kind === 'joined' && at === from);
    return isTrue ? [] : [`${externalUserId} joined ${connection} at ${from}, and Chime did not say so`];
  });
}

/** Kinds in which an event may find no seat of its person, or no life that it belongs to. */
const UNHEARD: Kind[] = ['freeze', 'old-reads', 'ttl'];

/** Whether every event was delivered and applied, some perhaps twice, and found the seat of its person. */
function hearsAll({ plan }: World): boolean {
  const { repeatEvent: _, ...rates } = plan.faultRates;
  return Object.values(rates).every((rate) => rate === 0) && !UNHEARD.some((kind) => plan.kinds.has(kind));
}

function missing(scene: Scene, { participants, topology }: Stores, people: Attended[]): string[] {
  return participants.flatMap(({ externalUserId, epoch, incarnatedAt, seat, place }) => {
    if (epoch !== topology?.epoch || incarnatedAt !== topology.incarnatedAt) return [];
    const held = [
      ...(seat ? [keyOf(seat.meetingId, seatName(seat.ticket))] : []),
      ...(place?.state === 'held' ? [keyOf(topology.primary?.Meeting?.MeetingId ?? '', externalUserId)] : []),
    ];
    const begun = people.find((person) => person.externalUserId === externalUserId)?.intervals ?? [];
    const joins = held.flatMap((key) => (scene.truth.get(key) ?? []).filter(({ kind }) => kind === 'joined'));
    return joins
      .filter(({ at }) => !begun.some(({ from }) => from === at))
      .map(({ at }) => `${externalUserId} joined at ${at}, and the attendance does not say so`);
  });
}

/** The attendance of the current life, as it is stored. */
function attendedIn({ dynamo }: World, topology: Topology): Attended[] {
  const { externalMeetingId, incarnation, incarnatedAt } = topology;
  const items = [...dynamo.table.items].map(([key, item]) => [key, bareItem(item)] as const);
  const record = items.find(
    ([key]) => key.startsWith(`LIVES#${externalMeetingId}\n`) && key.endsWith(`#${incarnation}`),
  );
  const facts = (record?.[1].facts ?? []) as Iterable<string>;
  const spans = spansOf(facts);
  const life: Life = { openedAt: incarnatedAt, spans, ...spanEnd(spans.get('m')?.endedAt) };
  return items
    .filter(([key]) => key.startsWith(`ATTENDANCE#${externalMeetingId}#${incarnation}#`))
    .map(([, item]) => ({
      externalUserId: item.externalUserId as string,
      intervals: intervalsOf(
        { facts: (item.facts ?? []) as Iterable<string>, past: pastFrom(item.past as string | undefined) },
        life,
      ),
    }));
}

const spanEnd = (endedAt: number | undefined) => (endedAt === undefined ? {} : { endedAt });
