import { handle } from '../handle.ts';
import type { Reply, Request } from '../messages.ts';
import type { EmulatorOptions } from '../options.ts';
import { type CallsLeft, callsLeft } from '../state/buckets.ts';
import type { EventListener } from '../state/deliveries.ts';
import type { LoggedEvent } from '../state/event-log.ts';
import { settle } from '../state/meetings/lifecycle.ts';
import type { CallCounts, Fault } from '../state/records.ts';
import { type ChimeState, createState, type Sources } from '../state/state.ts';
import { pass } from './clock.ts';
import { addFault } from './faults.ts';
import {
  type AttendeeFacts,
  addPipeline,
  killMeeting,
  listAttendees,
  listMeetings,
  type MeetingFacts,
  removePipelines,
} from './meetings.ts';
import { changeOptions } from './options.ts';
import { changePresence } from './presence.ts';
import { changeTranscription } from './transcription.ts';
import { type SpokenText, sendTranscript } from './transcripts.ts';

/** A fault to add: `times`, `delayMs` and `item` may be left out. */
export type NewFault = Pick<Fault, 'operation' | 'fault'> & Partial<Fault>;

/** An emulated Chime, and its controls in the same process. Invalid input throws an error with a message. */
export interface Emulator {
  /** All options as they are now. */
  options: Readonly<EmulatorOptions>;
  /** Changes some options, from the next request on. */
  configure(changes: Partial<EmulatorOptions>): void;
  clock: {
    /** The emulator's time, in milliseconds since the epoch. */
    now(): number;
    /** Lets time pass: meetings end and quotas refill. Returns the new time. */
    pass(ms: number): number;
  };
  faults: {
    /** Makes the next calls of an operation fail. */
    add(fault: NewFault): void;
    /** The faults that are not used up. */
    pending(): Fault[];
    clear(): void;
  };
  events: {
    /** All events after the n-th, whatever became of their deliveries. */
    list(since?: number): LoggedEvent[];
    /** Calls back for every delivery from now on. Returns a function that stops it. */
    on(listener: EventListener): () => void;
  };
  meetings: {
    /** Every meeting that was created and not forgotten, oldest first. */
    list(): MeetingFacts[];
    /** Every attendee of a meeting ever created, oldest first. */
    attendees(meetingId: string): AttendeeFacts[];
    /** Ends a meeting and its replicas, as its maximum age would. */
    end(meetingId: string): MeetingFacts;
    /** Simulates that a client connects, leaves, or loses its network. */
    presence(meetingId: string, attendeeId: string, event: 'joined' | 'left' | 'dropped'): void;
    /** Interrupts, resumes or fails the transcription of a meeting, as Transcribe would. */
    transcription(meetingId: string, event: 'interrupted' | 'resumed' | 'failed', message?: string): void;
    /** Sends a transcript to the clients of a meeting, as if Transcribe had recognised it. Returns the id of its result. */
    transcript(spoken: SpokenText): { resultId: string };
    /** Connects a media pipeline, which keeps the meeting alive. */
    startPipeline(meetingId: string): AttendeeFacts;
    stopPipelines(meetingId: string): void;
  };
  /** How often each operation ended with each outcome. */
  calls(): CallCounts;
  /** The calls left in each used token bucket. */
  quotas(): CallsLeft[];
  /** Deletes everything but the options and the listeners. */
  reset(): void;
  /** Handles one request without a socket. The reply says whether it is late or lost. */
  handle(request: Request): Reply;
}

/**
 * Creates an emulator without sockets and timers. With your own clock and random digits, each run is the same: `handle` serves
 * the requests, and you act on the delays and losses in its replies.
 */
export function createEmulator(options: Partial<EmulatorOptions> = {}, sources: Sources = {}): Emulator {
  return controlsOf(createState(options, sources));
}

/** The controls of a state. What is due by its clock happens before anything is read. */
export function controlsOf(state: ChimeState): Emulator {
  const settled = () => {
    settle(state);
    return state;
  };
  return {
    options: state.options,
    configure: (changes) => void changeOptions(settled(), changes),
    clock: { now: () => state.clock.now(), pass: (ms) => pass(state, ms) },
    faults: {
      add: (fault) => void addFault(state, fault),
      pending: () => structuredClone(state.faults),
      clear: () => {
        state.faults = [];
      },
    },
    events: {
      list: (since = 0) => structuredClone(settled().events.since(since)),
      on: (listener) => state.onEvent(listener),
    },
    meetings: {
      list: () => listMeetings(settled()),
      attendees: (meetingId) => listAttendees(settled(), meetingId),
      end: (meetingId) => killMeeting(settled(), meetingId),
      presence: (meetingId, attendeeId, event) =>
        void changePresence(settled(), { meetingId, attendeeId, event }),
      transcription: (meetingId, event, message) =>
        void changeTranscription(settled(), { meetingId, event, ...(message !== undefined && { message }) }),
      transcript: (spoken) => sendTranscript(settled(), spoken),
      startPipeline: (meetingId) => addPipeline(settled(), meetingId),
      stopPipelines: (meetingId) => void removePipelines(settled(), meetingId),
    },
    calls: () => structuredClone(state.calls),
    quotas: () => callsLeft(state),
    reset: () => state.reset(),
    handle: (request) => handle(state, request),
  };
}
