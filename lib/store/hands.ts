import { listedAt, listKey, shardOf } from './keys.ts';
import { changeParticipant, notBanned, type Subject } from './participants.ts';

/** Put a hand up, if it is down. One write: the hand and its place in the list cannot disagree. */
export async function raise(subject: Subject, now: number): Promise<'done' | 'lost'> {
  const { externalMeetingId, birth } = subject.topology;
  const { externalUserId } = subject.caller;
  const raisedAt = new Date(now).toISOString();
  return changeParticipant(subject, {
    set: {
      hand: { birth, raisedAt },
      listKey: listKey({ hands: { externalMeetingId, birth } }, shardOf(externalUserId)),
      listedAt: listedAt(raisedAt, externalUserId),
    },
    clauses: [],
    // The second clause is for the repetition of a write whose answer was lost.
    always: [notBanned, 'attribute_not_exists(hand) OR hand.birth <> :birth OR hand.raisedAt = :raisedAt'],
    alwaysValues: { ':birth': birth, ':raisedAt': raisedAt },
  });
}

/** Put a hand down, if it is up. */
export async function lower(subject: Subject): Promise<'done' | 'lost'> {
  return changeParticipant(subject, {
    remove: ['hand', 'listKey', 'listedAt'],
    clauses: [],
    always: [notBanned, 'attribute_exists(hand)'],
  });
}
