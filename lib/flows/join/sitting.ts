import type { Answer, RequestContext } from '../../context.ts';
import { isPromoted, type Participant, type Seat } from '../../domain/meeting/participant.ts';
import type { Topology } from '../../domain/meeting/topology.ts';
import type { Session } from '../../store/participant/participants.ts';
import type { SeatCredentials } from '../../store/replica/credentials.ts';
import { joined } from './answers.ts';

/** A viewer and a topology, as both were read. */
export interface SeatingContext {
  topology: Topology;
  participant: Participant | undefined;
  /** The session that the join begins. */
  session: Session;
  context: RequestContext;
}

/** The answer of a seat: its credentials and its placement. */
export function answerFrom(
  { topology, participant, session, context }: SeatingContext,
  seat: Seat,
  entry: SeatCredentials | undefined,
): Answer {
  if (!entry) throw new Error(`Seat ${seat.ticket} of replica ${seat.ordinal} has no credentials`);
  const { ordinal, mediaRegion, rttMs, reason } = seat;
  return joined(
    { topology, session, context },
    {
      ...entry,
      placement: { kind: 'replica', ordinal, mediaRegion, rttMs, reason },
      promoted: isPromoted(topology, participant),
    },
  );
}
