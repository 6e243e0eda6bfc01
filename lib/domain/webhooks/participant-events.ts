import type { Participant, StagePlace } from '../meeting/participant.ts';
import type { Derived } from './event.ts';

/** The record of a person in an item of a stream record. Undefined if the item is not one. */
export function participantIn(item: Record<string, unknown> | undefined): Participant | undefined {
  return typeof item?.externalUserId === 'string' ? (item as unknown as Participant) : undefined;
}

interface Change {
  before: Participant | undefined;
  after: Participant;
  /** When DynamoDB noted the change, in whole seconds (milliseconds since the Unix epoch). An end is not before its beginning. */
  changedAt: number;
}

/** The events in a change of a person's record: hands and promotions. */
export const participantEvents = (change: Change): Derived[] => [...hands(change), ...promotions(change)];

function hands({ before, after, changedAt }: Change): Derived[] {
  const { externalUserId } = after;
  const [old, hand] = [before?.hand, after.hand];
  if (old?.incarnation === hand?.incarnation && old?.raisedAt === hand?.raisedAt) return [];
  const of = hand ?? old;
  if (!of) return [];
  const { incarnation, incarnatedAt, raisedAt } = of;
  const subject = [incarnation, externalUserId];
  const data = { incarnation, externalUserId, raisedAt };
  if (hand) return [{ type: 'hand.raised', subject, at: Date.parse(raisedAt), data }];
  const isOver = incarnatedAt !== undefined && incarnatedAt !== after.incarnatedAt; // its incarnation ended, and so did the hand
  if (isOver) return [];
  return [{ type: 'hand.lowered', subject, at: Math.max(changedAt, Date.parse(raisedAt)), data }];
}

/** The place of a viewer who is on stage by a promotion. */
function promoted(participant: Participant | undefined): StagePlace | undefined {
  const place = participant?.place;
  return place?.promoted && place.state === 'held' ? place : undefined;
}

/**
 * A viewer went on stage by a promotion, or is leaving it: demoted, removed, or by their own wish. The place of an earlier
 * epoch ended with that epoch.
 */
function promotions({ before, after, changedAt }: Change): Derived[] {
  const { externalUserId, epoch, incarnatedAt } = after;
  const isSameEpoch = before?.epoch === epoch && before?.incarnatedAt === incarnatedAt;
  const old = isSameEpoch ? promoted(before) : undefined;
  const place = promoted(after);
  const subject = [incarnatedAt ?? 0, epoch, externalUserId];
  const data = { epoch, externalUserId };
  if (place && !old) {
    const how = place.returned ? { returned: true } : {};
    return [{ type: 'promotion.granted', subject, at: place.joinedAt, data: { ...data, ...how } }];
  }
  if (!old || place) return [];
  return [{ type: 'promotion.revoked', subject, at: Math.max(changedAt, old.joinedAt), data }];
}
