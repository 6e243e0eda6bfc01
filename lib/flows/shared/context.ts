import { allSettledOrThrow } from '../../all-settled.ts';
import type { RequestContext } from '../../context.ts';
import { epochIn, type Participant } from '../../domain/meeting/participant.ts';
import type { Topology } from '../../domain/meeting/topology.ts';
import { Refusal } from '../../refusals.ts';
import { readParticipant, type Subject } from '../../store/participant/participants.ts';
import { freshTopology } from '../../store/topology/topologies.ts';
import { admitCaller } from './admit-caller.ts';

export interface Known {
  topology: Topology;
  participant: Participant | undefined;
}

/** The caller, as the subject of writes to the record that was read. */
export const subjectOf = <Read extends Topology>(
  { topology, participant }: Known & { topology: Read },
  { caller }: RequestContext,
): Subject & { topology: Read } => ({
  topology,
  caller,
  knownEpoch: epochIn(topology, participant),
});

/**
 * Read a topology and the record of one person, consistently. Refuses an unknown name and a banned caller. The
 * caller's own record is read at the same time.
 */
export async function lookUp(
  externalMeetingId: string,
  externalUserId: string,
  context: RequestContext,
): Promise<Known> {
  const isCaller = externalUserId === context.caller.externalUserId;
  const [known, other] = await allSettledOrThrow([
    lookUpUnchecked(externalMeetingId, externalUserId, context),
    isCaller ? undefined : readParticipant(externalMeetingId, context.caller.externalUserId),
  ]);
  await admitCaller(externalMeetingId, isCaller ? known.participant : other, context);
  return known;
}

/** Read a topology, consistently. Refuses an unknown name and a banned caller. */
export async function lookUpTopology(externalMeetingId: string, context: RequestContext): Promise<Topology> {
  const { topology } = await lookUp(externalMeetingId, context.caller.externalUserId, context);
  return topology;
}

/**
 * The same as `lookUp`, without the check of bans: for operations that a banned caller may use, or a caller already
 * admitted.
 */
export async function lookUpUnchecked(
  externalMeetingId: string,
  externalUserId: string,
  context: RequestContext,
): Promise<Known> {
  const [topology, participant] = await allSettledOrThrow([
    freshTopology(externalMeetingId, context.now()),
    readParticipant(externalMeetingId, externalUserId),
  ]);
  if (!topology) throw new Refusal('MEETING_NOT_FOUND');
  return { topology, participant };
}
