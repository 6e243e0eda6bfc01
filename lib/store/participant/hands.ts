import { any } from '../conditions.ts';
import { listedAt, listKey, shardOf } from '../keys.ts';
import { changeParticipant, isSeated, isUnleased, notBanned, type Subject } from './participants.ts';

/**
 * The attributes that are removed with a raised hand. Of a banned person, `listKey` and `listedAt` belong to the
 * ban.
 */
export const HAND = ['hand', 'listKey', 'listedAt'];

/**
 * Raise a hand, if it is down. One write, so that the hand and its place in the list always agree. `conflict` also
 * for a viewer who is on stage, is entering or leaving it, or has left the seat.
 */
export async function raise(subject: Subject, now: number): Promise<'done' | 'conflict'> {
  const { externalMeetingId, incarnation, incarnatedAt } = subject.topology;
  const { externalUserId } = subject.caller;
  const raisedAt = new Date(now).toISOString();
  return changeParticipant(subject, {
    set: {
      hand: { incarnation, incarnatedAt, raisedAt },
      listKey: listKey({ hands: { externalMeetingId, incarnation } }, shardOf(externalUserId)),
      listedAt: listedAt(raisedAt, externalUserId),
    },
    clauses: [isSeated, any('attribute_not_exists(place)', isUnleased(now))],
    // The second clause allows the SDK to repeat a write whose response was lost.
    always: [
      notBanned,
      {
        expression:
          'attribute_not_exists(hand) OR hand.incarnation <> :incarnation OR hand.raisedAt = :raisedAt',
        values: { ':incarnation': incarnation, ':raisedAt': raisedAt },
      },
    ],
  });
}

/** Lower a hand, if it is raised. */
export async function lower(subject: Subject): Promise<'done' | 'conflict'> {
  return changeParticipant(subject, {
    remove: HAND,
    clauses: [],
    always: [notBanned, 'attribute_exists(hand)'],
  });
}
