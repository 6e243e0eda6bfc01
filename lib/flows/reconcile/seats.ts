import { allSettledOrThrow } from '../../all-settled.ts';
import type { RequestContext } from '../../context.ts';
import { isOfEpoch, type Participant, type Seat } from '../../domain/meeting/participant.ts';
import { recyclable, runsShort, type SeatBook, ticketsAway } from '../../domain/meeting/recycling.ts';
import { isOpen, type OpenReplica, type Replica, type Topology } from '../../domain/meeting/topology.ts';
import { isDrained } from '../../domain/placement/decision.ts';
import { COUNTED_FOR_MS } from '../../domain/reconcile/schedule.ts';
import { settings } from '../../settings.ts';
import { replicaKey } from '../../store/keys.ts';
import { readParticipantList } from '../../store/participant/participant-list.ts';
import { inThisEpoch } from '../../store/participant/participants.ts';
import { type Counts, noteLeakCandidates, readCounts, repairAway } from '../../store/replica/seat-books.ts';
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
 * 2. In these replicas, and regularly in every replica, the away marks are corrected from the participants'
 *    records.
 */
export async function reconcileSeats(topology: Topology, context: RequestContext): Promise<void> {
  const open = await openOnes(topology);
  for (const { replica, counts } of open)
    if (replica.soldOut && hasTickets(counts)) await putOnSaleAgain(topology, replica.ordinal);
  const due = open.filter((one) => needsSeats(topology, one) || isCountDue(one, context.now()));
  if (due.length === 0) return;
  const people = await participantsOf(topology);
  for (const { replica, counts } of due)
    await reconcileReplica(topology, { replica, counts, people }, context);
}

const needsSeats = (topology: Topology, { replica, counts }: Counted) =>
  !isDrained(topology, replica.mediaRegion, settings().controlRegion) &&
  (runsShort(counts) || lacksSeats(replica, counts));
const isCountDue = ({ counts }: Counted, now: number) => now - counts.countedAt >= COUNTED_FOR_MS;

interface Counted {
  replica: OpenReplica;
  counts: Counts;
}

async function openOnes(topology: Topology): Promise<Counted[]> {
  const open = topology.replicas.filter(isOpen);
  const read = open.map(async (replica) => ({
    replica,
    counts: await readCounts(replicaKey(topology, replica.ordinal)),
  }));
  return (await allSettledOrThrow(read)).flatMap(({ replica, counts }) =>
    counts ? [{ replica, counts }] : [],
  );
}

/**
 * Whether tickets can be drawn. A replica with tickets may still be marked as sold out: the request that returned
 * one may have crashed before it removed the mark.
 */
function hasTickets({ taken, minted, returned }: Counts): boolean {
  return taken < minted || returned.size > 0;
}

/** Whether the replica has fewer seats than its capacity, because seats were retired and no new ones minted yet. */
function lacksSeats({ capacity }: Replica, { minted, retired }: Counts): boolean {
  return minted - retired.size < capacity;
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
