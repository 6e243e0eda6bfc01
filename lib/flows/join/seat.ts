import { allSettledOrThrow } from '../../all-settled.ts';
import type { RequestContext } from '../../context.ts';
import type { MediaRegion } from '../../domain/geo/media-regions.ts';
import { assignmentsIn, revokedIn, type Seat, seatIn } from '../../domain/meeting/participant.ts';
import { crossesSoftMark } from '../../domain/meeting/seats.ts';
import type { OpenReplica } from '../../domain/meeting/topology.ts';
import type { SeatReason } from '../../domain/placement/decision.ts';
import type { PlacementRecord } from '../../domain/placement/placement-record.ts';
import { remainingReplicas } from '../../domain/placement/remaining-replicas.ts';
import { measure } from '../../metrics.ts';
import { type ReplicaKey, replicaKey } from '../../store/keys.ts';
import { readParticipant } from '../../store/participant/participants.ts';
import { takeSeat } from '../../store/participant/seat-holders.ts';
import { readCredentials } from '../../store/replica/credentials.ts';
import { drawTicket, returnTicket, type Ticket } from '../../store/replica/tickets.ts';
import { markReplica, putOnSaleAgain } from '../../store/topology/replica-marks.ts';
import { type Attempt, answered, RETRY_NOW } from '../shared/attempt.ts';
import { subjectOf } from '../shared/context.ts';
import { answerFrom, type SeatingContext } from './sitting.ts';
import { markSoldOut, noteMissed } from './sold-out.ts';

/** The chosen replica of a placement. */
export interface Chosen {
  replica: OpenReplica;
  reason: SeatReason;
  rttMs: number;
  viewerMediaRegion: MediaRegion;
  /** The input of the decision. */
  decidedBy: PlacementRecord;
}

interface Seated {
  result: Attempt;
  /** The drawn ticket, and whether it was the one at the soft mark. */
  drew?: { ticket: number; crossedSoftMark: boolean };
}

/**
 * Draw a ticket and assign its seat. The same person on two devices draws two tickets and keeps one. The other was
 * not returned to any client, so it goes back to be drawn again. A replica without a ticket is added to `missed`.
 */
export async function assignSeat(
  sitting: SeatingContext & { isUnread: boolean },
  chosen: Chosen,
  missed: Set<number>,
): Promise<Seated> {
  const { topology, participant, context } = sitting;
  const key = replicaKey(topology, chosen.replica.ordinal);
  const drawn = await drawTicket(key, chosen.viewerMediaRegion, nameOfDraw(context));
  if (drawn === 'sold-out') {
    missed.add(key.ordinal);
    noteMissed(topology, key.ordinal, context.now());
    return { result: RETRY_NOW };
  }
  const seat = seatOf(chosen, drawn.ticket, context);
  const [taken, entry] = await allSettledOrThrow([
    takeSeat(
      subjectOf(sitting, context),
      {
        seat,
        assigned: assignmentsIn(topology, participant),
        session: sitting.session,
        isUnread: sitting.isUnread,
      },
      context.now(),
    ),
    readCredentials(key, drawn.ticket),
  ]);
  if (taken === 'conflict') {
    await giveBackUnlessOurs(sitting, { key, drawn });
    return { result: RETRY_NOW };
  }
  measure('SeatsDrawn');
  if (drawn.ticket === drawn.minted - 1) await markSoldOut(topology, key);
  const crossedSoftMark = crossesSoftMark(drawn.ticket, drawn.minted, chosen.replica.capacity);
  if (crossedSoftMark) {
    await markReplica(topology, chosen.replica.ordinal, 'filling');
    if (remainingReplicas(topology, context.now()) === 0) measure('SeatsRunningShort');
  }
  return {
    result: answered(answerFrom(sitting, seat, entry)),
    drew: { ticket: drawn.ticket, crossedSoftMark },
  };
}

/**
 * Return the ticket, unless it is this person's: the SDK also reports a conflict if it repeats a write whose
 * response was lost. So the record decides: a ticket that the record names, even as revoked, is not returned.
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

/** A unique name for a draw: one request may draw more than once, if another device of the viewer was faster. */
const nameOfDraw = ({ requestId }: RequestContext) => `${requestId}/${draws++}`;

function seatOf({ replica, ...chosen }: Chosen, ticket: number, context: RequestContext): Seat {
  const { ordinal, mediaRegion, meetingId } = replica;
  return {
    ordinal,
    ticket,
    meetingId,
    mediaRegion,
    viewerMediaRegion: chosen.viewerMediaRegion,
    reason: chosen.reason,
    rttMs: chosen.rttMs,
    decidedBy: chosen.decidedBy,
    joinedAt: context.now(),
  };
}
