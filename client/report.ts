import { browserDeps, type Deps, isPassing } from './join.ts';
import { Refusal } from './refusal.ts';
import type { ClientEvent, Joined } from './types.ts';

/** The method of a client that sends a report. */
interface Sender {
  report: (
    meeting: string,
    body: { sessionId: string; events: ClientEvent[] },
    how?: { keepalive?: boolean },
  ) => Promise<unknown>;
}

/** Sends what happens to the connection of one join. No method throws. */
export interface Reporter {
  add: (event: ClientEvent) => void;
  /** Sends what is left, in a request that outlives the page. What is added later is dropped. */
  close: () => void;
}

/** The service takes no more events in one report. */
const MOST_EVENTS = 20;
/** Failures double the time between two reports, up to this many times. */
const MOST_DOUBLINGS = 4;

/**
 * Creates the reporter of one join. It draws once whether it reports at all, with the probability that the answer of the join gives.
 * It sends a report at most as often as that answer says, the first one at a random moment of that time. A failed report is
 * repeated once the service may be well again; a refused one ends the reporting.
 */
export function reporter(
  client: Sender,
  meeting: string,
  { sessionId, clientEvents }: Joined,
  { random, pause }: Deps = browserDeps,
): Reporter {
  const { sample = 0, everyMs = 0 } = clientEvents ?? {}; // an older service asks for none
  const closing = new AbortController();
  const { signal } = closing;
  let events: ClientEvent[] = [];
  let isDue = false;
  let failures = 0;

  const rest = (ms: number): Promise<void> =>
    pause(ms, signal)
      .then(() => {
        isDue = true;
        send();
      })
      .catch(() => {});
  const send = () => {
    if (!isDue || events.length === 0) return;
    isDue = false;
    const sent = events;
    events = [];
    client.report(meeting, { sessionId, events: sent }).then(
      () => {
        failures = 0;
        return rest(everyMs);
      },
      (error: unknown) => {
        if (!isPassing(error)) return closing.abort();
        events = [...sent, ...events].slice(0, MOST_EVENTS);
        failures = Math.min(failures + 1, MOST_DOUBLINGS);
        const { retryAfterMs = 0 } = error instanceof Refusal ? error : {};
        return rest(Math.max(retryAfterMs, everyMs * 2 ** failures));
      },
    );
  };

  if (random() >= sample) closing.abort();
  else void rest(everyMs * random());
  return {
    add: (event) => {
      if (signal.aborted || events.length >= MOST_EVENTS) return;
      events.push(event);
      send();
    },
    close: () => {
      if (signal.aborted) return;
      closing.abort();
      if (events.length > 0)
        client.report(meeting, { sessionId, events }, { keepalive: true }).catch(() => {});
    },
  };
}
