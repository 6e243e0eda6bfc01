import type { RequestContext } from '../../context.ts';
import { isOfEpoch, type Participant, type Seat } from '../../domain/meeting/participant.ts';
import { recyclable, runsShort, type SeatBook, ticketsAway } from '../../domain/meeting/recycling.ts';
import { isOpen, type Topology } from '../../domain/meeting/topology.ts';
import { isDrained } from '../../domain/placement/decision.ts';
import {
  type Counted,
  isCountDue,
  isMarkedInError,
  isSettled,
  lacksSeats,
} from '../../domain/reconcile/counts.ts';
import { COUNTED_FOR_MS } from '../../domain/reconcile/schedule.ts';
import { settings } from '../../settings.ts';
import { replicaKey } from '../../store/keys.ts';
import { readParticipantList } from '../../store/participant/participant-list.ts';
import { inThisEpoch } from '../../store/participant/participants.ts';
import { glanceAtBooks, noteLeakCandidates, readBooks, repairAway } from '../../store/replica/seat-books.ts';
import { putOnSaleAgain } from '../../store/topology/replica-marks.ts';
import { refillSeats } from '../join/refill-seats.ts';
import { revokeLeakedSeat, revokeSeat } from '../seats/revoke-seat.ts';

/**
 * One reconciler pass replaces at most this many seats of a replica, because each costs a call to Chime, at ten a
 * second.
 */
const MOST_AT_ONCE = 50;

/**
 * Reconcile the seats of the open replicas.
 * 1. In a replica that runs short, seats are replaced: those of viewers who left or are absent for long enough, and
 *    those of leaked tickets. Their attendees are deleted, and as many new ones minted. Not in a drained media region.
 * 2. The away marks are corrected from the participants' records: in these replicas, and where the counts changed since the
 *    last comparison or it is long ago. The records are read once, so the counts of the other replicas are compared, too.
 */
export async function reconcileSeats(topology: Topology, context: RequestContext): Promise<void> {
  const open = await openOnes(topology);
  for (const one of open) if (isMarkedInError(one)) await putOnSaleAgain(topology, one.replica.ordinal);
  const now = context.now();
  if (!open.some((one) => needsSeats(topology, one) || isCountDue(one.counts, now))) return;
  const wasCountedLately = ({ counts }: Counted) => now - counts.countedAt < COUNTED_FOR_MS;
  const due = open.filter((one) => needsSeats(topology, one) || !wasCountedLately(one));
  const people = await participantsOf(topology);
  for (const one of due) await reconcileReplica(topology, { ...one, people }, context);
}

const needsSeats = (topology: Topology, one: Counted) =>
  !isDrained(topology, one.replica.mediaRegion, settings().controlRegion) && lacksSeats(one);

async function openOnes(topology: Topology): Promise<Counted[]> {
  const open = topology.replicas.filter(isOpen);
  const books = await readBooks(open.map(({ ordinal }) => replicaKey(topology, ordinal)));
  return open.flatMap((replica, n) => {
    const counts = books[n];
    return counts ? [{ replica, counts }] : [];
  });
}

/** The names of those topologies in whose replicas a look finds no seats to reconcile, as the counts were a moment ago. */
export async function settledNames(topologies: readonly Topology[], now: number): Promise<Set<string>> {
  const open = topologies.flatMap((topology) =>
    topology.replicas
      .filter(isOpen)
      .map((replica) => ({ replica, key: replicaKey(topology, replica.ordinal) })),
  );
  const books = await glanceAtBooks(open.map(({ key }) => key));
  const unsettled = open.filter(({ replica }, n) => {
    const counts = books[n];
    return !counts || !isSettled({ replica, counts }, now);
  });
  const names = new Set(topologies.map(({ externalMeetingId }) => externalMeetingId));
  for (const { key } of unsettled) names.delete(key.externalMeetingId);
  return names;
}

/**
 * The participants of this epoch with a seat or place. They are read after the counts. So a viewer whose ticket is
 * in the counts is among them, or the ticket becomes a leak candidate, which the next pass checks again. Presenters
 * are read too, because events about them show that events arrive.
 */
async function participantsOf(topology: Topology): Promise<Participant[]> {
  const wanted = (participant: Participant) =>
    isOfEpoch(topology, participant) && Boolean(participant.seat ?? participant.revoked ?? participant.place);
  const { participants } = await readParticipantList(
    topology.externalMeetingId,
    { shard: 0 },
    { limit: Number.MAX_SAFE_INTEGER, wanted },
  );
  return participants;
}

async function reconcileReplica(
  topology: Topology,
  { replica, counts, people }: Counted & { people: Participant[] },
  context: RequestContext,
): Promise<void> {
  const key = replicaKey(topology, replica.ordinal);
  const book: SeatBook = { ...counts, ordinal: replica.ordinal, holders: people };
  const waits = { now: context.now(), droppedSeatMs: settings().droppedSeatMs };
  const { leavers, revoked, leaked, leakCandidates, leaksNotedAt } = recyclable(topology, book, waits);
  if (leakCandidates.length + counts.leakCandidates.size > 0)
    await noteLeakCandidates(key, leakCandidates, leaksNotedAt);
  await repairAway(key, { read: counts, away: ticketsAway(book, leaked), now: context.now() });
  if (!needsSeats(topology, { replica, counts })) return;
  for (const participant of revoked) await revoke(topology, { ...participant, seat: undefined }, context);
  for (const ticket of leaked.slice(0, MOST_AT_ONCE)) await revokeLeakedSeat(key, ticket, context);
  const replaced = runsShort(counts) ? leavers.slice(0, MOST_AT_ONCE) : [];
  for (const participant of replaced) await revoke(topology, participant, context);
  await refillSeats(topology, replica, context);
}

type Holder = Omit<Participant, 'seat'> & { seat?: Seat | undefined };

async function revoke(topology: Topology, holder: Holder, context: RequestContext): Promise<void> {
  const { seat, revoked } = holder;
  const subject = inThisEpoch({ topology, caller: holder, knownEpoch: undefined });
  await revokeSeat(subject, { seat, revoked, reason: { read: holder } }, context);
}
