import type { Level } from '../media/loudest.ts';
import type { Session } from './session.ts';

/** The current speaker on a stage, and the recent levels of all speakers. */
export interface Floor {
  speaker: Session | undefined;
  levels: Map<Session, Level>;
}

/** The floor of each stage, by the MeetingId of its primary. */
export type Floors = Map<string, Floor>;

export const createFloors = (): Floors => new Map();
