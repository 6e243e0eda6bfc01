import type { Level } from '../media/loudest.ts';
import type { Session } from './session.ts';

/** Who speaks on a stage, and how loud everybody was lately. */
export interface Floor {
  speaker: Session | undefined;
  levels: Map<Session, Level>;
}

/** The floor of each stage, by the MeetingId of its primary. */
export type Floors = Map<string, Floor>;

export const createFloors = (): Floors => new Map();
