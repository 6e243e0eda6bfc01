import type { MediaRegion } from '../geo/media-regions.ts';
import type { Participant } from '../meeting/participant.ts';
import type { Topology } from '../meeting/topology.ts';
import type { FailureCode } from './failures.ts';

/** The most events of one report. A client sends at most one report in `REPORT_EVERY_MS`, and merges what it counts. */
export const MOST_EVENTS = 20;
/** The longest time that a client reports (milliseconds). A longer one says nothing about the service. */
export const LONGEST_MS = 600_000;
/** The most reconnects, or drops, in one event. */
export const MOST_TIMES = 100;
/** How often a client reports, at most (milliseconds). A client without news sends nothing. */
export const REPORT_EVERY_MS = 30_000;

/** What happened to one person's connection. No member names a person or a device. */
export interface ClientEvent {
  /** From the press of *Join* to the start of the session, when the person can hear the stage (milliseconds). */
  timeToFirstAudioMs?: number;
  /** From the press of *Join* to the first picture of another person (milliseconds). */
  timeToFirstVideoMs?: number;
  /** How often the Chime client restored a lost connection by itself. */
  reconnects?: number;
  /** How often a running session ended, and the page had to join again. */
  drops?: number;
  /** The status code with which a session failed. */
  failure?: FailureCode;
}

/** A report, added up. A session has its first audio and its first video once, so only the first of each counts. */
export interface Report {
  firstAudioMs: number | undefined;
  firstVideoMs: number | undefined;
  reconnects: number;
  drops: number;
  failures: FailureCode[];
}

/** Adds the events of a report up. */
export function reportOf(events: readonly ClientEvent[]): Report {
  const sum = (of: (event: ClientEvent) => number | undefined) =>
    events.reduce((total, event) => total + (of(event) ?? 0), 0);
  const first = (of: (event: ClientEvent) => number | undefined) =>
    events.map(of).find((ms) => ms !== undefined);
  return {
    firstAudioMs: first(({ timeToFirstAudioMs }) => timeToFirstAudioMs),
    firstVideoMs: first(({ timeToFirstVideoMs }) => timeToFirstVideoMs),
    reconnects: sum(({ reconnects }) => reconnects),
    drops: sum(({ drops }) => drops),
    failures: events.flatMap(({ failure }) => failure ?? []),
  };
}

/** Where the reporting person was placed: the kind of Chime meeting, and its media region. */
export interface ReportedFrom {
  placement: 'primary' | 'replica';
  mediaRegion: MediaRegion;
}

/** The place of a person with a seat, also of one that was left: the last report comes with the leave. */
export function seatReportedFrom({ seat }: Participant): ReportedFrom | undefined {
  return seat && { placement: 'replica', mediaRegion: seat.mediaRegion };
}

/** The place of a person on stage. Undefined while there is no primary. */
export function stageReportedFrom(topology: Topology | undefined): ReportedFrom | undefined {
  return topology?.primary && { placement: 'primary', mediaRegion: topology.primary.mediaRegion };
}

/** About so many viewers of a meeting report, if the host sets no sample. */
const REPORTERS = 1000;

/**
 * The share of clients that report: as the host says; otherwise everyone on stage, and of the audience about a thousand people.
 * The open replicas tell the size of the audience. Those who join before the others are sampled as a smaller audience.
 */
export function sampleOf({ options, replicas }: Topology, isViewer: boolean): number {
  if (options.clientEventsSample !== undefined) return options.clientEventsSample;
  const seats = replicas.reduce((sum, { capacity }) => sum + capacity, 0);
  return isViewer && seats > REPORTERS ? Math.round((REPORTERS / seats) * 1000) / 1000 : 1;
}
