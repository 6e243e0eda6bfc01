import type { MediaRegion } from '../geo/media-regions.ts';

/** Why Chime did not open the primary at the last attempt. */
export interface PrimaryProblem {
  because: 'limit' | 'rejected' | 'indeterminate';
  mediaRegion: MediaRegion;
  /** The first failure in a row, and the last one (milliseconds since the epoch). */
  since: number;
  at: number;
}
