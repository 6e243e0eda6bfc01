import type { Participant } from '../domain/meeting/participant.ts';
import { readAll } from './batch.ts';
import { participantKey, topologyKey } from './keys.ts';
import { readParticipant } from './participant/participants.ts';
import { type ReadTopology, recentTopology, rememberTopology } from './topology/topologies.ts';

/**
 * The topology of a name and the record of one person, in one request. The record is read consistently. The topology may be one
 * that this container read recently (`recentTopology`); otherwise it is read consistently.
 */
export async function firstLook(
  externalMeetingId: string,
  externalUserId: string,
  now: number,
): Promise<{ read: ReadTopology; participant: Participant | undefined }> {
  const recent = recentTopology(externalMeetingId, now);
  if (recent) return { read: recent, participant: await readParticipant(externalMeetingId, externalUserId) };
  return freshLook(externalMeetingId, externalUserId, now);
}

/** The same, with both read consistently now. */
export async function freshLook(
  externalMeetingId: string,
  externalUserId: string,
  now: number,
): Promise<{ read: ReadTopology; participant: Participant | undefined }> {
  const [topology, person] = [
    topologyKey(externalMeetingId),
    participantKey(externalMeetingId, externalUserId),
  ];
  const items = await readAll([topology, person], { ConsistentRead: true });
  const of = ({ pk, sk }: typeof topology) => items.find((item) => item.pk === pk && item.sk === sk);
  return {
    read: rememberTopology(externalMeetingId, of(topology), now),
    participant: of(person) as Participant | undefined,
  };
}
