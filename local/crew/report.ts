import type { TopologyAnswer } from '../../lib/contract/meetings.ts';
import type { MediaRegion } from '../../lib/domain/geo/media-regions.ts';
import type { AudienceName } from './audiences.ts';

/** So many viewers whose home is `from` hold a seat in `to`. */
export interface Path {
  from: MediaRegion;
  to: MediaRegion;
  viewers: number;
}

export interface AudienceReport {
  name: AudienceName;
  wanted: number;
  seated: number;
  /** Not seated yet: asking, or told to ask again. */
  waiting: number;
  /** Seated, and on their way out. */
  leaving: number;
  /** Homes of those who are wanted. */
  homes: { mediaRegion: MediaRegion; wanted: number; seated: number }[];
  paths: Path[];
  /** Of those who are seated, between their home and their seat. */
  meanRttMs: number;
  /** How often the API declined, by its code; `NO_ANSWER` where none came. */
  refusals: Record<string, number>;
}

/** One of Chime's operations, as the account's token bucket stands. */
export interface OperationReport {
  operation: string;
  left: number;
  burst: number;
  /** Answered, and refused with 429, since the emulator was started. */
  calls: number;
  throttled: number;
}

export interface ChimeReport {
  /** Whether its quota was turned down. */
  slow: boolean;
  fullMediaRegions: MediaRegion[];
  operations: OperationReport[];
  callsPerSecond: number;
}

/** What GET /crew/state answers: a meeting as the public API tells it, and what goes on around it. */
export interface CrewReport {
  /** Milliseconds since the epoch. */
  at: number;
  externalMeetingId: string;
  /** Absent while the name is not known. */
  topology?: TopologyAnswer;
  /** Counted up to a page of them: `isMore` says that there are others. */
  hands: { raised: number; isMore: boolean };
  audience: AudienceReport;
  presenter: { wanted: boolean; onStage: boolean };
  chime: ChimeReport;
}
