import type { Fact } from '../../domain/ledger/facts.ts';
import { inAudience, onStage } from '../../domain/ledger/facts.ts';
import { type LifeFact, ofEpoch, ofReplica } from '../../domain/ledger/life.ts';
import type { Seat, StagePlace } from '../../domain/meeting/participant.ts';
import type { Replica, Topology } from '../../domain/meeting/topology.ts';
import { addFacts } from '../../store/ledger/attendance.ts';
import { addLifeFacts } from '../../store/ledger/lives.ts';
import type { Subject } from '../../store/participant/participants.ts';

/*
 * What the service itself adds to the ledger. Each is one write, after the write that decides, and together with the next request where
 * there is one. It never makes a request fail: without it, the end of an interval is estimated.
 */

/** Note that a person left this seat, or was removed from it. */
export async function noteSeatLeft({ topology, caller }: Subject, seat: Seat, now: number): Promise<void> {
  const connection = inAudience(topology.epoch, seat.ordinal);
  const facts: [Fact, Fact] = [
    { connection, at: seat.joinedAt, kind: 'S' },
    { connection, at: now, kind: 'G' },
  ];
  const { externalUserId, role } = caller;
  await quietly(() =>
    addFacts(topology, { externalUserId, role, facts, mediaRegion: seat.mediaRegion }, now),
  );
}

/** Note that a person left the stage, or was taken off it. `place`: undefined if the record has none. */
export async function noteStageLeft(
  { topology, caller }: Subject,
  place: Pick<StagePlace, 'joinedAt'> | undefined,
  now: number,
): Promise<void> {
  const connection = onStage(topology.epoch);
  const assigned: Fact[] = place ? [{ connection, at: place.joinedAt, kind: 'S' }] : [];
  const facts: [...Fact[], Fact] = [...assigned, { connection, at: now, kind: 'G' }];
  const { externalUserId, role } = caller;
  const mediaRegion = topology.primary?.mediaRegion;
  await quietly(() => addFacts(topology, { externalUserId, role, facts, mediaRegion }, now));
}

/** Note that the primary of this epoch was opened, or has ended. `at`: by Chime's clock if an event reported it. */
export const noteEpoch = (topology: Topology, kind: LifeFact['kind'], at: number): Promise<void> =>
  note(topology, { subject: ofEpoch(topology.epoch), at, kind });

/** The same of a replica. */
export const noteReplica = (
  topology: Topology,
  { ordinal }: Pick<Replica, 'ordinal'>,
  kind: LifeFact['kind'],
  at: number,
): Promise<void> => note(topology, { subject: ofReplica(topology.epoch, ordinal), at, kind });

/** Note that the name was ended. */
export const noteEnd = (topology: Topology, at: number): Promise<void> =>
  note(topology, { subject: 'm', at, kind: 'ended' });

const note = (topology: Topology, fact: LifeFact): Promise<void> =>
  quietly(() => addLifeFacts(topology, [fact], fact.at));

async function quietly(write: () => Promise<void>): Promise<void> {
  await write().catch(() => undefined);
}
