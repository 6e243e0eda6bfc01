import { send } from './delivery.ts';
import type { Meeting } from './meetings/meeting.ts';
import { guid } from './random.ts';
import type { ChimeState } from './state.ts';

/** What EventBridge delivers: https://docs.aws.amazon.com/chime-sdk/latest/dg/using-events.html */
export interface ChimeEvent {
  version: '0';
  id: string;
  'detail-type': 'Chime Meeting State Change';
  source: 'aws.chime';
  account: string;
  time: string;
  /** The control region. */
  region: string;
  resources: string[];
  detail: { version: '0'; eventType: string; timestamp: number; meetingId: string } & Record<string, unknown>;
}

/** An event and its place in the order in which things happened, from 1. */
export interface LoggedEvent {
  sequence: number;
  event: ChimeEvent;
}

export interface EventLog {
  append(event: ChimeEvent): LoggedEvent;
  since(sequence: number): LoggedEvent[];
  /** Drop the events of these meetings. */
  forget(meetingIds: Set<string>): void;
  clear(): void;
}

/** The record of what happened, in order, whatever becomes of the deliveries. Sequence numbers are never used twice. */
export function createEventLog(): EventLog {
  let log: LoggedEvent[] = [];
  let last = 0;
  return {
    append: (event) => {
      const logged = { sequence: ++last, event };
      log.push(logged);
      return logged;
    },
    since: (sequence) => {
      const forgotten = last - log.length;
      return log.slice(Math.max(0, sequence - forgotten)).filter((each) => each.sequence > sequence);
    },
    forget: (meetingIds) => {
      log = log.filter(({ event }) => !meetingIds.has(event.detail.meetingId));
    },
    clear: () => {
      log = [];
      last = 0;
    },
  };
}

/** Record that something happened to a meeting at an instant, send word of it, and let the watchers look. */
export function emit(
  state: ChimeState,
  meeting: Meeting,
  happening: { eventType: string; at: number; more?: Record<string, unknown> },
): void {
  const { eventType, at, more } = happening;
  const logged = state.events.append({
    version: '0',
    id: guid(state.hex),
    'detail-type': 'Chime Meeting State Change',
    source: 'aws.chime',
    account: meeting.scope.accountId,
    time: new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z'),
    region: meeting.scope.controlRegion,
    resources: [],
    detail: {
      version: '0',
      eventType: `chime:${eventType}`,
      timestamp: at,
      meetingId: meeting.meetingId,
      externalMeetingId: meeting.externalMeetingId,
      mediaRegion: meeting.mediaRegion,
      ...more,
    },
  });
  send(state, meeting, logged);
  for (const look of state.watchers) look();
}
