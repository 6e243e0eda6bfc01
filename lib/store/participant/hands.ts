import { listedAt, listKey, shardOf } from '../keys.ts';
import { changeParticipant, notBanned, type Subject } from './participants.ts';

/** What a record loses with the hand; of a banned person's, `listKey` and `listedAt` are the ban's. */
export const HAND = ['hand', 'listKey', 'listedAt'];

/**
 * Put a hand up, if it is down. One write: the hand and its place in the list cannot disagree. `lost` also for a viewer who is on
 * stage, is entering it, or has left the seat.
 */
export async function raise(subject: Subject, now: number): Promise<'done' | 'conflict'> {
  const { externalMeetingId, incarnation } = subject.topology;
  const { externalUserId } = subject.caller;
  const raisedAt = new Date(now).toISOString();
  return changeParticipant(subject, {
    set: {
      hand: { incarnation, raisedAt },
      listKey: listKey({ hands: { externalMeetingId, incarnation } }, shardOf(externalUserId)),
      listedAt: listedAt(raisedAt, externalUserId),
    },
    clauses: ['attribute_exists(seat) AND attribute_not_exists(seat.#left)', 'attribute_not_exists(place)'],
    names: { '#left': 'left' },
    // The second clause is for the repetition of a write whose answer was lost.
    always: [
      notBanned,
      'attribute_not_exists(hand) OR hand.incarnation <> :incarnation OR hand.raisedAt = :raisedAt',
    ],
    alwaysValues: { ':incarnation': incarnation, ':raisedAt': raisedAt },
  });
}

/** Put a hand down, if it is up. */
export async function lower(subject: Subject): Promise<'done' | 'conflict'> {
  return changeParticipant(subject, {
    remove: HAND,
    clauses: [],
    always: [notBanned, 'attribute_exists(hand)'],
  });
}
