import type { Answer, RequestContext } from '../../context.ts';
import type { RequestOf } from '../../contract/operation.ts';
import type { operations } from '../../contract.ts';
import { isPromoted } from '../../domain/meeting/participant.ts';
import { primaryMeetingId } from '../../domain/meeting/topology.ts';
import { Refusal } from '../../refusals.ts';
import { noteAttended } from '../../store/topology/checks.ts';
import { lookUp } from '../shared/context.ts';
import { settledAttendee } from './capabilities.ts';

type GetRequest = RequestOf<(typeof operations)['getPromotion']>;

/**
 * Return the caller's own credential for the stage, the same until they are demoted. Any disconnect ends a promotion
 * at Chime, and the client promotes itself again with the same credential.
 */
export async function getPromotion(
  { externalMeetingId }: GetRequest,
  context: RequestContext,
): Promise<Answer> {
  const { topology, participant } = await lookUp(externalMeetingId, context.caller.externalUserId, context);
  if (topology.status === 'ended') throw new Refusal('MEETING_ENDED');
  if (!isPromoted(topology, participant)) throw new Refusal('NOT_PROMOTED');
  const isLeftBehind =
    topology.primary?.emptySince !== undefined && (await noteAttended(topology)) === 'conflict';
  if (isLeftBehind) throw new Refusal('NOT_PROMOTED');
  const Attendee = await settledAttendee(topology, participant, context);
  return { status: 200, body: { Attendee, primaryMeetingId: primaryMeetingId(topology) } };
}
