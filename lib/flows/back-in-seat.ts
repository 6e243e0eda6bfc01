import type { Answer } from '../call.ts';
import { type Seat, seatIn } from '../domain/participant.ts';
import { isAway } from '../domain/recycling.ts';
import { replicaKey } from '../store/keys.ts';
import { readRoll } from '../store/roll.ts';
import { returnToSeat, stayInSeat } from '../store/seat-holders.ts';
import { countReleased } from '../store/seats.ts';
import { freshTopology } from '../store/topologies.ts';
import { answerFrom, type Sitting, subjectOf } from './sitting.ts';

/**
 * The answer for somebody who holds a seat already; one that they had left is theirs again. The topology is read anew
 * beside the roll, for what the container remembers may have ended. Who was away takes the seat up before it is shown
 * to them: the sweep may be about to take it.
 */
export async function backInSeat(sitting: Sitting, seat: Seat): Promise<Answer | 'again'> {
  const { topology, participant, call } = sitting;
  const [entry, now] = await Promise.all([
    readRoll(replicaKey(topology, seat.ordinal), seat.ticket),
    freshTopology(topology.externalMeetingId, call.now()),
  ]);
  const isStillTheirs = now?.status === 'live' && seatIn(now, participant) !== undefined;
  if (!isStillTheirs || (await takeUp(sitting, seat)) === 'lost') return 'again';
  return answerFrom(sitting, seat, entry);
}

async function takeUp(sitting: Sitting, seat: Seat): Promise<'done' | 'lost'> {
  const { topology, participant, call } = sitting;
  if (!participant || !isAway(topology, participant)) return 'done';
  const back = { ...seat, joinedAt: call.now() };
  if (!seat.left) return stayInSeat(subjectOf(sitting), back);
  if ((await returnToSeat(subjectOf(sitting), back)) === 'lost') return 'lost';
  await countReleased(replicaKey(topology, seat.ordinal), -1);
  return 'done';
}
