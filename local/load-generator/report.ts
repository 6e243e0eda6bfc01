import type { TopologyAnswer } from '../../lib/contract/answers/meetings.ts';
import type { MediaRegion } from '../../lib/domain/geo/media-regions.ts';
import type { AudienceName } from './audiences.ts';

/** How many viewers with the home `from` hold a seat in `to`. */
export interface Path {
  from: MediaRegion;
  to: MediaRegion;
  viewers: number;
}

export interface AudienceReport {
  name: AudienceName;
  wanted: number;
  seated: number;
  /** Viewers without a seat: requesting one, or told to retry. */
  waiting: number;
  /** Seated viewers who are leaving. */
  leaving: number;
  /** The homes of the wanted viewers. */
  homes: { mediaRegion: MediaRegion; wanted: number; seated: number }[];
  paths: Path[];
  /** The mean round trip of seated viewers between home and seat. */
  meanRttMs: number;
  /** How often the API refused, by code; `NO_ANSWER` if no response came. */
  refusals: Record<string, number>;
}

/** One operation of Chime, with the state of the account's token bucket. */
export interface OperationReport {
  operation: string;
  left: number;
  burst: number;
  /** Calls answered, and calls refused with 429, since the emulator started. */
  calls: number;
  throttled: number;
}

export interface ChimeReport {
  /** Whether its quota is reduced. */
  slow: boolean;
  fullMediaRegions: MediaRegion[];
  operations: OperationReport[];
  callsPerSecond: number;
}

/** The body of GET /load-generator/state: a meeting as the public API reports it, and what the load generator and Chime do. */
export interface LoadReport {
  /** Milliseconds since the epoch. */
  at: number;
  externalMeetingId: string;
  /** Absent while the name is unknown. */
  topology?: TopologyAnswer;
  /** Counts one page of hands; `isMore` says that there are others. */
  hands: { raised: number; isMore: boolean };
  audience: AudienceReport;
  presenter: { wanted: boolean; onStage: boolean };
  chime: ChimeReport;
}
