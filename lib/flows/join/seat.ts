import type { Answer, RequestContext } from '../../context.ts';
import type { MediaRegion } from '../../domain/geo/media-regions.ts';
import { isOfEpoch, revokedIn, type Seat, seatIn } from '../../domain/meeting/participant.ts';
import { crossesSoftMark } from '../../domain/meeting/seats.ts';
import { type Replica, replicasLeft } from '../../domain/meeting/topology.ts';
import type { SeatReason } from '../../domain/placement/decision.ts';
import type { PlacementRecord } from '../../domain/placement/placement-record.ts';
import { measure } from '../../metrics.ts';
import { type ReplicaKey, replicaKey } from '../../store/keys.ts';
import { readParticipant } from '../../store/participant/participants.ts';
import { takeSeat } from '../../store/participant/seat-holders.ts';
import { readCredentials } from '../../store/replica/credentials.ts';
import { drawTicket, hasTickets, returnTicket, type Ticket } from '../../store/replica/tickets.ts';
import { markReplica, putOnSaleAgain } from '../../store/topology/replica-marks.ts';
import { freshTopology } from '../../store/topology/topologies.ts';
import { answerFrom, type SeatingContext, subjectOf } from './sitting.ts';

/** Where placement sends them. */
export interface Chosen {
  replica: Replica;
  reason: SeatReason;
  rttMs: number;
  viewerMediaRegion: MediaRegion;
  /** What that was decided by. */
  decidedBy: PlacementRecord;
}

interface Seated {
  answer: Answer | 'again';
  /** What they drew, and whether it was the one at the soft mark. */
  drew?: { ticket: number; crossedSoftMark: boolean };
}

/**
 * Draw a ticket and write down whose it is. The same person on two devices draws two, and one of them is kept:
 * the other was shown to nobody, so it goes back to be drawn again.
 */
export async function assignSeat(sitting: SeatingContext, chosen: Chosen): Promise<Seated> {
  const { topology, context } = sitting;
  const key = replicaKey(topology, chosen.replica.ordinal);
  const drawn = await drawTicket(key, chosen.viewerMediaRegion, nameOfDraw(context));
  if (drawn === 'sold-out') return soldOut(sitting, key);
  const seat = seatOf(chosen, drawn.ticket, context);
  const [taken, entry] = await Promise.all([
    takeSeat(
      subjectOf(sitting),
      { seat, instead: replaceableSeat(sitting), session: sitting.session },
      context.now(),
    ),
    readCredentials(key, drawn.ticket),
  ]);
  if (taken === 'conflict') {
    await giveBackUnlessOurs(sitting, { key, drawn });
    return { answer: 'again' };
  }
  measure('SeatsDrawn');
  const crossedSoftMark = crossesSoftMark(drawn.ticket, drawn.minted, chosen.replica.capacity);
  if (crossedSoftMark) {
    await markReplica(topology, chosen.replica.ordinal, 'filling');
    if (replicasLeft(topology, context.now()) === 0) measure('SeatsRunningShort');
  }
  return { answer: answerFrom(sitting, seat, entry), drew: { ticket: drawn.ticket, crossedSoftMark } };
}

/**
 * Say that the replica is sold out, unless somebody did: in a crowd many find that out, and the topology is one item.
 * Whoever hands a ticket back, or mints seats, takes the mark away, and whoever sets the mark looks for tickets afterwards:
 * so in whatever order it happens, a ticket that came back is on sale.
 */
async function soldOut({ topology, context }: SeatingContext, key: ReplicaKey): Promise<Seated> {
  const now = await freshTopology(topology.externalMeetingId, context.now());
  const isKnown = now?.replicas.some(({ ordinal, soldOut }) => ordinal === key.ordinal && soldOut);
  if (isKnown || now?.epoch !== topology.epoch) return { answer: 'again' };
  await markReplica(topology, key.ordinal, 'soldOut');
  if (await hasTickets(key)) await putOnSaleAgain(topology, key.ordinal);
  return { answer: 'again' };
}

/**
 * A write can be reported lost although it was done, when only its answer went missing and the SDK asked again.
 * So the record decides: a ticket that it names, be it as one that was taken from them since, is never given back.
 */
async function giveBackUnlessOurs(
  { topology, context }: SeatingContext,
  { key, drawn }: { key: ReplicaKey; drawn: Ticket },
): Promise<void> {
  const now = await readParticipant(topology.externalMeetingId, context.caller.externalUserId);
  const theirs = [seatIn(topology, now), revokedIn(topology, now)];
  if (theirs.some((seat) => seat?.ordinal === key.ordinal && seat.ticket === drawn.ticket)) return;
  await returnTicket(key, drawn);
  await putOnSaleAgain(topology, key.ordinal);
}

let draws = 0;

/** A name that no other draw has: one request may draw more than once, if another device of the viewer was faster. */
const nameOfDraw = ({ requestId }: RequestContext) => `${requestId}/${draws++}`;

function seatOf({ replica, ...chosen }: Chosen, ticket: number, context: RequestContext): Seat {
  const { ordinal, mediaRegion, meetingId } = replica;
  return {
    ordinal,
    ticket,
    meetingId: meetingId as string,
    mediaRegion,
    viewerMediaRegion: chosen.viewerMediaRegion,
    reason: chosen.reason,
    rttMs: chosen.rttMs,
    decidedBy: chosen.decidedBy,
    joinedAt: context.now(),
  };
}

/** Whoever sits down holds no seat; what their record of this epoch names is one of a replica that died. */
function replaceableSeat({ topology, participant }: SeatingContext): Seat | undefined {
  return isOfEpoch(topology, participant) ? participant.seat : undefined;
}
