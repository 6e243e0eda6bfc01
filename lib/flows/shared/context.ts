import type { RequestContext } from '../../context.ts';
import type { Participant } from '../../domain/meeting/participant.ts';
import type { Topology } from '../../domain/meeting/topology.ts';
import { Refusal } from '../../refusals.ts';
import { readParticipant } from '../../store/participant/participants.ts';
import { freshTopology } from '../../store/topology/topologies.ts';
import { admitCaller } from './admit-caller.ts';

export interface Known {
  topology: Topology;
  participant: Participant | undefined;
}

/**
 * A topology and one person of it, as they are now. Refuses an unknown name, and a banned caller: the caller's own record is read
 * beside the two.
 */
export async function lookUp(
  externalMeetingId: string,
  externalUserId: string,
  context: RequestContext,
): Promise<Known> {
  const isCaller = externalUserId === context.caller.externalUserId;
  const [known, other] = await Promise.all([
    lookUpUnchecked(externalMeetingId, externalUserId, context),
    isCaller ? undefined : readParticipant(externalMeetingId, context.caller.externalUserId),
  ]);
  await admitCaller(externalMeetingId, isCaller ? known.participant : other, context);
  return known;
}

/** A topology as it is now. Refuses an unknown name, and a banned caller. */
export async function lookUpTopology(externalMeetingId: string, context: RequestContext): Promise<Topology> {
  const { topology } = await lookUp(externalMeetingId, context.caller.externalUserId, context);
  return topology;
}

/** The same as `lookUp`, for what a banned caller may do too, or was admitted for already. */
export async function lookUpUnchecked(
  externalMeetingId: string,
  externalUserId: string,
  context: RequestContext,
): Promise<Known> {
  const [topology, participant] = await Promise.all([
    freshTopology(externalMeetingId, context.now()),
    readParticipant(externalMeetingId, externalUserId),
  ]);
  if (!topology) throw new Refusal('MEETING_NOT_FOUND');
  return { topology, participant };
}
