import { perName } from '../container.ts';
import type { SeatQueue } from '../domain/crowd/seat-queue.ts';
import type { Participant } from '../domain/meeting/participant.ts';
import { readAll } from './batch.ts';
import { participantKey, topologyKey } from './keys.ts';
import { readParticipant } from './participant/participants.ts';
import { queueIn, queueKeys } from './seat-queue.ts';
import { type ReadTopology, recentTopology, rememberTopology } from './topology/topologies.ts';

/** What a viewer's join reads first. */
export interface Look {
  read: ReadTopology;
  /** `unread`: the record was not read. */
  participant: Participant | undefined | 'unread';
  /** The viewers who wait for seats; undefined if this container has not read it yet. */
  queue: SeatQueue | undefined;
}

/** What a container may have read recently. */
export type Recent = Omit<Look, 'participant'>;

/** Whether what was read recently serves, and whether the record then stays unread. */
interface Serving {
  serve: (recent: Recent) => boolean;
  unread: (recent: Recent) => boolean;
  now: number;
}

/** The queues that this container read last. */
const queues = perName<SeatQueue>();

/**
 * The topology of a name, the record of one person and the queue, in one request. The record is read consistently. Topology and
 * queue may be ones that this container read recently (`recentTopology`), if they `serve`; otherwise they are read consistently.
 * Then the record may stay `unread`.
 */
export async function firstLook(
  externalMeetingId: string,
  externalUserId: string,
  { serve, unread, now }: Serving,
): Promise<Look> {
  const read = recentTopology(externalMeetingId, now);
  const queue = queues.get(externalMeetingId);
  if (read && serve({ read, queue }))
    return {
      ...{ read, queue },
      participant: unread({ read, queue })
        ? 'unread'
        : await readParticipant(externalMeetingId, externalUserId),
    };
  return freshLook(externalMeetingId, externalUserId, now);
}

/** The same, with all of it read consistently now. */
export async function freshLook(
  externalMeetingId: string,
  externalUserId: string,
  now: number,
): Promise<Look> {
  const [topology, person] = [
    topologyKey(externalMeetingId),
    participantKey(externalMeetingId, externalUserId),
  ];
  const parts = queueKeys(externalMeetingId);
  const items = await readAll([topology, person, ...parts], { ConsistentRead: true });
  const of = ({ pk, sk }: typeof topology) => items.find((item) => item.pk === pk && item.sk === sk);
  const queue = queueIn(parts.map(of), now);
  queues.set(externalMeetingId, queue);
  return {
    read: rememberTopology(externalMeetingId, of(topology), now),
    participant: of(person) as Participant | undefined,
    queue,
  };
}
