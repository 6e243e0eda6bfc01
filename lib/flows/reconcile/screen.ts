import { allSettledOrThrow } from '../../all-settled.ts';
import type { Participant } from '../../domain/meeting/participant.ts';
import { runs } from '../../domain/meeting/seats.ts';
import { isLive, type Topology } from '../../domain/meeting/topology.ts';
import { peopleIn } from '../../domain/meeting/waiting-room.ts';
import type { Drains } from '../../domain/placement/drains.ts';
import { isMovingViewers } from '../../domain/placement/evacuation.ts';
import type { Finding } from '../../domain/reconcile/finding.ts';
import { provenAliveAt } from '../../domain/reconcile/proof.ts';
import { type Agenda, agendaOf, dueAt, type Screened } from '../../domain/reconcile/schedule.ts';
import { settings } from '../../settings.ts';
import { type Due, namesOnList, RECONCILE_SHARDS } from '../../store/topology/due.ts';
import { type Listed, readOnList, readStages } from '../../store/topology/screening.ts';
import { readWaiting } from '../../store/waiting.ts';
import { missingDrains } from '../meeting/drain-by-operator.ts';
import { missingOf } from '../opening/forecast.ts';
import { isClosed } from './closed.ts';
import { findingAt } from './finding.ts';
import { type Glimpse, isPlain, replicasOf } from './light.ts';
import { settledNames } from './seats.ts';

export interface Screening {
  /** When the pass began (milliseconds since the epoch). */
  now: number;
  /** What the operator drains in all meetings. */
  standing: () => Promise<Drains>;
  /** How many names a pass looks at. */
  capacity: number;
}

/** A name to be looked at or checked. `glimpse`: absent without an open primary. */
export type Listing = Screened & { glimpse?: Glimpse };

/** How many names are read by one request, and how many such requests are under way at once. */
const PAGE = 100;
const AT_ONCE = 4;

/**
 * Screen all names on the reconciler's list by their records, read in batches. Returns what to do now, in its order.
 * Chime is not asked, and nothing is written. The records may be a second old: each look reads them again. Where the records of
 * some names cannot be read, these are looked at when they are due, and `failure` is the first error.
 */
export async function screen(screening: Screening): Promise<{ agenda: Agenda<Listing>; failure?: unknown }> {
  const failures: unknown[] = [];
  const names: Listing[] = [];
  for (const pages of runs(await pagesOfList(), AT_ONCE)) {
    const screened = pages.map((page) =>
      screenPage(page, screening).catch((error: unknown): Listing[] => {
        failures.push(error);
        return page.map((due) => ({ ...due, isTaken: false, finding: 'calm' }));
      }),
    );
    names.push(...(await allSettledOrThrow(screened)).flat());
  }
  const agenda = agendaOf(names, screening);
  return { agenda, ...(failures.length > 0 && { failure: failures[0] }) };
}

/** A name that moves in the index while it is read may be read twice. A request to DynamoDB must not name it twice. */
async function pagesOfList(): Promise<Due[][]> {
  const shards = Array.from({ length: RECONCILE_SHARDS }, (_, shard) => namesOnList(shard));
  const byName = new Map((await allSettledOrThrow(shards)).flat().map((due) => [due.externalMeetingId, due]));
  return runs([...byName.values()], PAGE);
}

async function screenPage(page: readonly Due[], screening: Screening): Promise<Listing[]> {
  const listed = await readOnList(page);
  const stages = await readStages(listed.map(({ topology }) => topology));
  const found = listed.map(async (one): Promise<Found> => {
    const people = stages.get(one.externalMeetingId) ?? [];
    const finding = await findingFor(one, people, screening);
    return { ...one, people, finding };
  });
  return listingsOf(await allSettledOrThrow(found), screening.now);
}

type Found = Listed & { people: Participant[]; finding: Finding };

/**
 * What is kept until a name's turn comes. Ten thousand whole topologies would take much memory. The counts are read of the names
 * whose look is due and may be light.
 */
async function listingsOf(found: readonly Found[], now: number): Promise<Listing[]> {
  const light = found.filter(({ topology, ...one }) => dueAt(one) <= now && isPlain(topology, now));
  const settled = await settledNames(
    light.map(({ topology }) => topology),
    now,
  );
  return found.map(({ topology, people, ...rest }): Listing => {
    if (!isLive(topology)) return rest;
    const { epoch, primary, stage } = topology;
    const { externalMeetingId, reconcileAt, lookedAt } = rest;
    const glimpse = {
      ...{ externalMeetingId, reconcileAt, epoch, meetingId: primary.Meeting.MeetingId },
      ...{ stage: [...stage], replicas: replicasOf(topology), isPlain: settled.has(externalMeetingId) },
    };
    return { ...rest, provenAt: provenAliveAt(topology, people, { lookedAt, now }), glimpse };
  });
}

/** What the records of one name tell. A drain that the operator wants, and seats to be opened or moved, are trouble too. */
async function findingFor(
  { topology, lookedAt }: Listed,
  people: readonly Participant[],
  { now, standing }: Screening,
): Promise<Finding> {
  const found = findingAt(topology, { people, lookedAt }, now);
  if (found === 'trouble') return found;
  if (missingDrains(topology, await standing()).length > 0) return 'trouble';
  return (await needsReplicas(topology, now)) ? 'trouble' : found;
}

/** Whether replicas are to be opened ahead of viewers, or viewers are to be moved. */
async function needsReplicas(topology: Topology, now: number): Promise<boolean> {
  if (!isLive(topology)) return false;
  if (isMovingViewers(topology, { controlRegion: settings().controlRegion, now })) return true;
  const guess = async () =>
    isClosed(topology, now) ? peopleIn(await readWaiting(topology.externalMeetingId), now) : undefined;
  const forecast = topology.forecast ?? (await guess());
  return forecast !== undefined && missingOf({ ...topology, forecast }, now).length > 0;
}
