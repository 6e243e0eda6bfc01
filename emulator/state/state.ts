import { type EmulatorOptions, withOptions } from '../options.ts';
import { type Clock, createClock } from './clock.ts';
import type { Deliveries, EventListener } from './deliveries.ts';
import { createEventLog, type EventLog } from './event-log.ts';
import type { Meeting } from './meetings/meeting.ts';
import { cryptoHex, type RandomHex } from './random.ts';
import type { Bucket, CallCounts, Fault, TokenRecord } from './records.ts';
import type { TranscriptListener, Transcripts } from './transcription/transcript-events.ts';

/** The whole state of one emulated Chime. All time comes from the clock, all randomness from `hex`. */
export interface ChimeState {
  options: EmulatorOptions;
  clock: Clock;
  hex: RandomHex;
  /** Every meeting that was created and not forgotten, by MeetingId, oldest first. */
  meetings: Map<string, Meeting>;
  /** Meetings that have not ended. */
  live: Set<Meeting>;
  /** Ended meetings, in the order of their ends. */
  ended: Set<Meeting>;
  tokens: Map<string, TokenRecord>;
  buckets: Map<string, Bucket>;
  faults: Fault[];
  calls: CallCounts;
  events: EventLog;
  deliveries: Deliveries;
  /** Calls back for every delivery from now on. Returns a function that stops it. */
  onEvent(listener: EventListener): () => void;
  transcripts: Transcripts;
  /** Calls back for everything that clients are sent about transcriptions. Returns a function that stops it. */
  onTranscript(listener: TranscriptListener): () => void;
  /** Callbacks for every change. */
  watchers: Set<() => void>;
  /**
   * Calls back after each event, whatever becomes of its deliveries, and after a reset. The watcher reads the state to see
   * the change. Returns a function that stops it.
   */
  watch(watcher: () => void): () => void;
  /** Forgets everything but the options, the listeners and the watchers. */
  reset(): void;
}

/** The replaceable sources of a deterministic run: the time, and the digits of every id and token. */
export interface Sources {
  now?: () => number;
  hex?: RandomHex;
}

/** Creates an empty Chime. With both sources given it is deterministic, and uses no timer. */
export function createState(options: Partial<EmulatorOptions> = {}, sources: Sources = {}): ChimeState {
  const deliveries: Deliveries = { late: [], listeners: new Set() };
  const transcripts: Transcripts = { late: [], listeners: new Set() };
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
    transcripts,
    onTranscript: (listener) => {
      transcripts.listeners.add(listener);
      return () => transcripts.listeners.delete(listener);
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
  state.transcripts.late = [];
  state.calls = {};
  state.clock.reset();
  for (const look of state.watchers) look();
}
