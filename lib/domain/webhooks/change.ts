import { attendanceEvents, attendanceIn } from './attendance-events.ts';
import { type Derived, eventOf, type WebhookEvent } from './event.ts';
import { plainItem, type StreamRecord } from './image.ts';
import { participantEvents, participantIn } from './participant-events.ts';
import { topologyEvents, topologyIn } from './topology-events.ts';

type Item = Record<string, unknown> | undefined;

/**
 * The items whose changes become events. `pk` matches their partition key: its groups are the name, and the incarnation where the key
 * has one. `derive` returns the events of a change.
 */
const KINDS: { pk: RegExp; derive: (before: Item, after: Item, about: About) => Derived[] }[] = [
  {
    pk: /^MEETING#(.+)$/s,
    derive: (before, after, { changedAt }) => {
      const topology = topologyIn(after);
      return topology ? topologyEvents(topologyIn(before), topology, changedAt) : [];
    },
  },
  {
    pk: /^PARTICIPANTS#(.+)#\d+$/s,
    derive: (before, after, { changedAt }) => {
      const participant = participantIn(after);
      if (!participant) return [];
      return participantEvents({ before: participantIn(before), after: participant, changedAt });
    },
  },
  {
    pk: /^ATTENDANCE#(.+)#([^#]+)#\d+$/s,
    derive: (before, after, { incarnation = '' }) => {
      const attendance = attendanceIn(after);
      return attendance ? attendanceEvents(attendanceIn(before), attendance, incarnation) : [];
    },
  },
];

interface About {
  /** Milliseconds since the Unix epoch. */
  changedAt: number;
  incarnation: string | undefined;
}

/**
 * The events in one change of one item, by comparing the item before and after. A deletion tells none: items are deleted long
 * after what they say has ended, by their expiry or to erase a person. The same record always gives the same events.
 */
export function eventsOf({ dynamodb = {} }: StreamRecord): WebhookEvent[] {
  const { Keys = {}, OldImage, NewImage, SequenceNumber = '', ApproximateCreationDateTime = 0 } = dynamodb;
  if (!NewImage) return [];
  const pk = Keys.pk?.S ?? '';
  const changedAt = Math.floor(ApproximateCreationDateTime) * 1000;
  for (const { pk: pattern, derive } of KINDS) {
    const [, externalMeetingId, incarnation] = pattern.exec(pk) ?? [];
    if (externalMeetingId === undefined) continue;
    const before = OldImage && plainItem(OldImage);
    const facts = { externalMeetingId, sequence: SequenceNumber, changedAt };
    const derived = derive(before, plainItem(NewImage), { changedAt, incarnation });
    return derived.map((each) => eventOf(each, facts));
  }
  return [];
}
