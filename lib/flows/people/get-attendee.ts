import type { Answer, RequestContext } from '../../context.ts';
import type { RequestOf } from '../../contract/operation.ts';
import type { operations } from '../../contract.ts';
import { isAttending, type Participant, seatIn } from '../../domain/meeting/participant.ts';
import type { Topology } from '../../domain/meeting/topology.ts';
import { explainPlacement } from '../../domain/placement/explain-placement.ts';
import { Refusal } from '../../refusals.ts';
import { attendeeView } from '../seats/attendee-view.ts';
import { lookUp } from '../shared/context.ts';

type GetRequest = RequestOf<(typeof operations)['getAttendee']>;

/** Return one person and, on request, why they have this seat. */
export async function getAttendee(request: GetRequest, context: RequestContext): Promise<Answer> {
  const { externalMeetingId, externalUserId, explain } = request;
  const { topology, participant } = await lookUp(externalMeetingId, externalUserId, context);
  if (!participant || !isAttending(topology, participant)) throw new Refusal('NOT_JOINED');
  const placement = explain ? { placement: explanation(topology, participant) } : {};
  return { status: 200, body: { ...attendeeView(topology, participant), ...placement } };
}

function explanation(topology: Topology, participant: Participant): object {
  const seat = seatIn(topology, participant);
  if (!seat || seat.left) return { kind: 'primary', reason: 'stage' };
  const { reason, rttMs, viewerMediaRegion, mediaRegion, ordinal, decidedBy } = seat;
  const candidates = decidedBy && explainPlacement(decidedBy).considered;
  return {
    ...{ kind: 'replica', reason, rttMs, viewerMediaRegion, mediaRegion, ordinal },
    ...(candidates && { candidates, decidedBy }),
  };
}
