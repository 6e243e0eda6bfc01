import { pastFrom } from '../../lib/domain/ledger/compaction.ts';
import { intervalsOf } from '../../lib/domain/ledger/intervals.ts';
import type { Life } from '../../lib/domain/ledger/life.ts';
import { CLOCK_SKEW_MS } from '../../lib/domain/meeting/clocks.ts';
import { seatName } from '../../lib/domain/meeting/seats.ts';
import type { Topology } from '../../lib/domain/meeting/topology.ts';
import { lifeIn } from '../../lib/flows/ledger/lives.ts';
import { bareItem } from '../dynamodb/wiring.ts';
import type { Stage } from '../stage.ts';
import type { World } from '../world.ts';
import { endFaults } from './attendance-ends.ts';
import { type Attended, keyOf, meetingOf, type Scene, type Truth, UNHEARD } from './attendance-scene.ts';
import { type Stores, storesOf } from './stores.ts';

/**
 * The faults in the attendance of the current life of a name. No interval lies before its meeting and the person's first request, or in the future.
 * One that is not estimated begins with a join. Where no event was lost, each join of a person who still holds that seat or
 * place begins one.
 */
export function attendanceFaults({ world, published, actors }: Stage, truth: Truth, name: string): string[] {
  const stores = storesOf(world, name);
  const { topology } = stores;
  if (!topology) return [];
  const life = lifeOf(world, topology);
  const scene = { world, topology, published, truth, life };
  const people = attendedIn(world, topology, life);
  const history = actors.histories.get(name)?.entries ?? [];
  const firstAsked = (who: string) =>
    Math.min(
      ...history.filter((entry) => entry.who === who || entry.whom === who).map(({ fromMs }) => fromMs),
    );
  return [
    ...people.flatMap((person) => outside(scene, person, firstAsked(person.externalUserId))),
    ...people.flatMap((person) => invented(scene, person)),
    ...people.flatMap((person) => endFaults(scene, person, heldBy(person.externalUserId, stores))),
    ...(hearsAll(world) ? missing(scene, stores, people) : []),
  ];
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

/** Whether every event was delivered and applied, some perhaps twice, and found the seat of its person. */
function hearsAll({ plan }: World): boolean {
  const { repeatEvent: _, ...rates } = plan.faultRates;
  return Object.values(rates).every((rate) => rate === 0) && !UNHEARD.some((kind) => plan.kinds.has(kind));
}

/** The names in the truth of the seat and the place that a person has now. */
function heldBy(who: string, { participants, topology }: Stores): string[] {
  const person = participants.find(({ externalUserId }) => externalUserId === who);
  if (person?.epoch !== topology?.epoch || person?.incarnatedAt !== topology?.incarnatedAt) return [];
  const { seat, place } = person ?? {};
  return [
    ...(seat ? [keyOf(seat.meetingId, seatName(seat.ticket))] : []),
    ...(place?.state === 'held' ? [keyOf(topology?.primary?.Meeting?.MeetingId ?? '', who)] : []),
  ];
}

function missing(scene: Scene, stores: Stores, people: Attended[]): string[] {
  return stores.participants.flatMap(({ externalUserId }) => {
    const begun = people.find((person) => person.externalUserId === externalUserId)?.intervals ?? [];
    const joins = heldBy(externalUserId, stores).flatMap((key) =>
      (scene.truth.get(key) ?? []).filter(({ kind }) => kind === 'joined'),
    );
    return joins
      .filter(({ at }) => !begun.some(({ from }) => from === at))
      .map(({ at }) => `${externalUserId} joined at ${at}, and the attendance does not say so`);
  });
}

const itemsOf = ({ dynamo }: World) =>
  [...dynamo.table.items].map(([key, item]) => [key, bareItem(item)] as const);

/** The current life, from what is stored. */
function lifeOf(world: World, topology: Topology): Life {
  const { externalMeetingId, incarnation, incarnatedAt: openedAt } = topology;
  const isRecord = (key: string) =>
    key.startsWith(`LIVES#${externalMeetingId}\n`) && key.endsWith(`#${incarnation}`);
  const record = itemsOf(world).find(([key]) => isRecord(key))?.[1];
  const facts = new Set((record?.facts ?? []) as Iterable<string>);
  return lifeIn({ externalMeetingId, incarnation, openedAt, facts, refusals: {} }, undefined, topology);
}

/** The attendance of the current life, from what is stored. */
function attendedIn(world: World, { externalMeetingId, incarnation }: Topology, life: Life): Attended[] {
  return itemsOf(world)
    .filter(([key]) => key.startsWith(`ATTENDANCE#${externalMeetingId}#${incarnation}#`))
    .map(([, item]) => ({
      externalUserId: item.externalUserId as string,
      intervals: intervalsOf(
        { facts: (item.facts ?? []) as Iterable<string>, past: pastFrom(item.past as string | undefined) },
        life,
      ),
    }));
}
