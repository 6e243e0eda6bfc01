import { type EmulatorOptions, withOptions } from '../options.ts';
import { type Clock, createClock } from './clock.ts';
import type { Deliveries, EventListener } from './deliveries.ts';
import { createEventLog, type EventLog } from './event-log.ts';
import type { Meeting } from './meetings/meeting.ts';
import { cryptoHex, type RandomHex } from './random.ts';
import type { Bucket, CallCounts, Fault, TokenRecord } from './records.ts';

/** Everything that one emulated Chime remembers. All time is the clock's, all chance is `hex`. */
export interface ChimeState {
  options: EmulatorOptions;
  clock: Clock;
  hex: RandomHex;
  /** Every meeting that was made and not forgotten, by MeetingId, oldest first. */
  meetings: Map<string, Meeting>;
  /** Those that have not ended. */
  live: Set<Meeting>;
  /** Those that have, in the order of their ends. */
  ended: Set<Meeting>;
  tokens: Map<string, TokenRecord>;
  buckets: Map<string, Bucket>;
  faults: Fault[];
  calls: CallCounts;
  events: EventLog;
  deliveries: Deliveries;
  /** Hear every delivery from now on, as it comes. Returns how to stop. */
  onEvent(listener: EventListener): () => void;
  /** Those who look again whenever something has happened. */
  watchers: Set<() => void>;
  /**
   * Be called once something has happened, whatever becomes of the deliveries of its event, or once everything
   * was forgotten; what it was, is for the watcher to see. Returns how to stop.
   */
  watch(watcher: () => void): () => void;
  /** Forget everything but the options, the listeners and the watchers. */
  reset(): void;
}

/** What a deterministic run replaces: the time, and the digits of every id and token. */
export interface Sources {
  now?: () => number;
  hex?: RandomHex;
}

/** A Chime with nothing in it. With both sources given it is deterministic, and uses no timer. */
export function createState(options: Partial<EmulatorOptions> = {}, sources: Sources = {}): ChimeState {
  const deliveries: Deliveries = { late: [], listeners: new Set() };
  const watchers = new Set<() => void>();
  const state: ChimeState = {
    options: withOptions({}, options),
    clock: createClock(sources.now),
    hex: sources.hex ?? cryptoHex,
    meetings: new Map(),
    live: new Set(),
    ended: new Set(),
    tokens: new Map(),
    buckets: new Map(),
    faults: [],
    calls: {},
    events: createEventLog(),
    deliveries,
    onEvent: (listener) => {
      deliveries.listeners.add(listener);
      return () => deliveries.listeners.delete(listener);
    },
    watchers,
    watch: (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    reset: () => forget(state),
  };
  return state;
}

function forget(state: ChimeState): void {
  for (const memory of [state.meetings, state.live, state.ended, state.tokens, state.buckets, state.events])
    memory.clear();
  state.faults = [];
  state.deliveries.late = [];
  state.calls = {};
  state.clock.reset();
  for (const look of state.watchers) look();
}
