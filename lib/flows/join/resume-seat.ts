import { allSettledOrThrow } from '../../all-settled.ts';
import { promotedAttendee, type Seat, seatIn } from '../../domain/meeting/participant.ts';
import { replicaKey } from '../../store/keys.ts';
import { returnToSeat, stayInSeat } from '../../store/participant/seat-holders.ts';
import { readCredentials } from '../../store/replica/credentials.ts';
import { markBack } from '../../store/replica/seats.ts';
import { freshTopology } from '../../store/topology/topologies.ts';
import { type Attempt, answered, RETRY_NOW } from '../shared/attempt.ts';
import { subjectOf } from '../shared/context.ts';
import { answerFrom, type SeatingContext } from './sitting.ts';

/**
 * The answer for a viewer who has a seat already. A seat that the viewer left is resumed; any other is confirmed,
 * because the reconciler may be about to take it. The topology is read again, because the meeting may have ended
 * since it was cached. All reads and writes run in one round trip.
 */
export async function resumeSeat(sitting: SeatingContext, seat: Seat): Promise<Attempt> {
  const { topology, participant, context } = sitting;
  const [entry, now, confirmed] = await allSettledOrThrow([
    readCredentials(replicaKey(topology, seat.ordinal), seat.ticket),
    freshTopology(topology.externalMeetingId, context.now()),
    (seat.left ? returnToSeat : stayInSeat)(
      subjectOf(sitting, context),
      { seat, session: sitting.session, onStage: promotedAttendee(topology, participant) },
      context.now(),
    ),
  ]);
  if (confirmed === 'conflict') return RETRY_NOW;
  if (seat.left) await markBack(replicaKey(topology, seat.ordinal), seat.ticket);
  const isStillTheirs = now?.status === 'live' && seatIn(now, participant) !== undefined;
  return isStillTheirs ? answered(answerFrom(sitting, seat, entry)) : RETRY_NOW;
}
