import type { Meeting } from './meeting.ts';
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

export type EventListener = (logged: LoggedEvent) => void;

export interface EventLog {
  append(event: ChimeEvent): void;
  since(sequence: number): LoggedEvent[];
  subscribe(listener: EventListener): () => void;
  clear(): void;
}

/** The record of what happened, and the one place from which events leave: loss and disorder belong here. */
export function createEventLog(): EventLog {
  const log: LoggedEvent[] = [];
  const listeners = new Set<EventListener>();
  const deliver: EventListener = (logged) => {
    for (const listener of listeners) listener(logged);
  };
  return {
    append: (event) => {
      const logged = { sequence: log.length + 1, event };
      log.push(logged);
      deliver(logged);
    },
    since: (sequence) => log.slice(sequence),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    clear: () => {
      log.length = 0;
    },
  };
}

/** Record that something happened to a meeting at an instant. */
export function emit(
  state: ChimeState,
  meeting: Meeting,
  happening: { eventType: string; at: number; more?: Record<string, unknown> },
): void {
  const { eventType, at, more } = happening;
  state.events.append({
    version: '0',
    id: guid(state.hex),
    'detail-type': 'Chime Meeting State Change',
    source: 'aws.chime',
    account: meeting.scope.accountId,
    time: new Date(at).toISOString(),
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
}
