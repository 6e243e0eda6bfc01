import { createHash } from 'node:crypto';

/** The types of the events that webhooks report. */
export const WEBHOOK_TYPES = [
  'meeting.live',
  'meeting.ended',
  'epoch.started',
  'participant.joined',
  'participant.left',
  'hand.raised',
  'hand.lowered',
  'promotion.granted',
  'promotion.revoked',
  'replica.opened',
  'replica.closed',
  'seats.short',
  'meeting.full',
  'captions.changed',
] as const;
export type WebhookType = (typeof WEBHOOK_TYPES)[number];

/** One thing that happened, as derived from one change of one item. */
export interface WebhookEvent {
  /** The same however often the change is read. */
  id: string;
  type: WebhookType;
  externalMeetingId: string;
  /** RFC 3339. */
  occurredAt: string;
  /** The stream's number of the change. Larger is later, for the events of one person, and for those of one topology. */
  sequence: string;
  data: Record<string, unknown>;
}

/** What all events of one change have in common. */
export interface ChangeFacts {
  externalMeetingId: string;
  sequence: string;
  /** When DynamoDB noted the change, in whole seconds (milliseconds since the Unix epoch). */
  changedAt: number;
}

/** An event before it has an id. */
export interface Derived {
  type: WebhookType;
  /** What tells this event from the others of its type and change. */
  subject: (string | number)[];
  /** When it happened (milliseconds since the Unix epoch); absent: when the change was noted. */
  at?: number | undefined;
  data: Record<string, unknown>;
  /**
   * What tells a change from other changes of the subject, if the item says it. Absent: the sequence number of the record.
   */
  fact?: string;
}

/** The event with its id: a hash of the name, the type, the subject, and the fact or the change. */
export function eventOf(
  derived: Derived,
  { externalMeetingId, sequence, changedAt }: ChangeFacts,
): WebhookEvent {
  const { type, subject, at = changedAt, data, fact } = derived;
  return {
    id: idOf([type, externalMeetingId, ...subject, fact ?? sequence]),
    type,
    externalMeetingId,
    occurredAt: new Date(at).toISOString(),
    sequence,
    data,
  };
}

/** An id for these parts: letters, digits, `-` and `_`, without the full stop that separates the parts of a signed text. */
export const idOf = (parts: (string | number)[]): string =>
  `evt_${createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 32)}`;
