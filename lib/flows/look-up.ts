import type { Call } from '../call.ts';
import type { Participant } from '../domain/participant.ts';
import type { Topology } from '../domain/topology.ts';
import { Refusal } from '../refusals.ts';
import { readParticipant } from '../store/participants.ts';
import { freshTopology } from '../store/topologies.ts';

/** A topology and one person of it, as they are now. An unknown name is refused. */
export async function lookUp(
  externalMeetingId: string,
  externalUserId: string,
  call: Call,
): Promise<{ topology: Topology; participant: Participant | undefined }> {
  const [topology, participant] = await Promise.all([
    freshTopology(externalMeetingId, call.now()),
    readParticipant(externalMeetingId, externalUserId),
  ]);
  if (!topology) throw new Refusal('MEETING_NOT_FOUND');
  return { topology, participant };
}

/** A topology as it is now. An unknown name is refused. */
export async function lookUpTopology(externalMeetingId: string, call: Call): Promise<Topology> {
  const topology = await freshTopology(externalMeetingId, call.now());
  if (!topology) throw new Refusal('MEETING_NOT_FOUND');
  return topology;
}
