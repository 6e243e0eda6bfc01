import type { Role } from '../lib/context.ts';
import type { ChimeAttendee, ChimeMeeting } from '../lib/domain/meeting/topology.ts';
import type { Outcome } from './actors/operations.ts';

/** The body of a join's answer once there is a seat. */
export interface JoinedBody {
  status: 'joined';
  role: Role;
  externalUserId: string;
  displayName?: string;
  Meeting: ChimeMeeting;
  Attendee: ChimeAttendee;
  promoted?: true;
  placement: { kind: string; ordinal?: number; mediaRegion: string; rttMs?: number; reason: string };
  epoch: number;
  sessionId: string;
  clientEvents: { sample: number; everyMs: number };
}

type Seat = Omit<JoinedBody, 'sessionId' | 'clientEvents'>;

/** A join's answer without its session, which is new each time, and without the share of reports, which the audience changes. */
export function seatOf({ sessionId: _, clientEvents: __, ...seat }: JoinedBody): Seat {
  return seat;
}

/** The body of a join's answer. Undefined where the join was not answered with a seat. */
export function joinedBody(outcome: Outcome | undefined): JoinedBody | undefined {
  const isSeated = outcome?.kind === 'answered' && outcome.answer.status === 200;
  return isSeated ? (outcome.answer.body as JoinedBody) : undefined;
}
