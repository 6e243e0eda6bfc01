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

/** An event with its sequence number, from 1. */
export interface LoggedEvent {
  sequence: number;
  event: ChimeEvent;
}

export interface EventLog {
  append(event: ChimeEvent): LoggedEvent;
  since(sequence: number): LoggedEvent[];
  /** Drops the events of these meetings. */
  forget(meetingIds: Set<string>): void;
  clear(): void;
}

/** The ordered log of events, independent of their deliveries. Sequence numbers are never reused. */
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
