import { createContainer, useContainer } from '../../lib/container.ts';
import type { Role } from '../../lib/context.ts';
import type { MediaRegion } from '../../lib/domain/geo/media-regions.ts';
import type { Lease, Topology } from '../../lib/domain/meeting/topology.ts';
import type { Subject } from '../../lib/store/participant/participants.ts';
import { claimPrimary, publishPrimary } from '../../lib/store/topology/primary-claims.ts';
import { createTopology, freshTopology } from '../../lib/store/topology/topologies.ts';
import { engines, startWorld, type TestWorld } from '../support/local-world.ts';
import { uniqueMeetingId } from '../support/people.ts';

/** The instant at which these tests take place. */
export const NOW = 1_800_000_000_000;

/** Declares tests of the store that run on every DynamoDB engine that is installed here. */
export function onEveryEngine(facts: () => void): void {
  describe.each(engines())('on %s', (engine) => {
    let world: TestWorld;
    beforeAll(async () => {
      world = await startWorld({ engine });
      useContainer(createContainer());
    });
    afterAll(() => world.close());
    facts();
  });
}

/** Starts this many at once: all are under way before the first is awaited, and sockets get time to open. */
export async function atOnce<T>(many: number, ask: (k: number) => Promise<T>): Promise<T[]> {
  const asked: Promise<T>[] = [];
  for (let k = 0; k < many; k++) {
    asked.push(ask(k));
    if (k % 10 === 9) await new Promise((resolve) => setImmediate(resolve));
  }
  return Promise.all(asked);
}

export const leaseOf = (owner: string, until = NOW + 15_000): Lease => ({ owner, until });

/** The topology as it stands. */
export const now = async ({ externalMeetingId }: Pick<Topology, 'externalMeetingId'>): Promise<Topology> =>
  (await freshTopology(externalMeetingId, NOW)) as Topology;

/** A name without an open meeting. */
export async function aTopology(): Promise<Topology> {
  const externalMeetingId = uniqueMeetingId();
  const options = { maxReplicas: 4, waitForPresenter: true };
  await createTopology({ externalMeetingId, incarnation: 'first', options }, NOW);
  return now({ externalMeetingId });
}

/** A name with an open primary, and an empty stage. */
export const aLiveTopology = async (capacity = 240): Promise<Topology> =>
  madeLive(await aTopology(), capacity);

/** The topology with an open primary, and an empty stage. */
export async function madeLive(scheduled: Topology, capacity = 240): Promise<Topology> {
  const lease = leaseOf('opener');
  await claimPrimary(scheduled, { mediaRegion: 'us-east-1', lease }, NOW);
  const Meeting = { MeetingId: `primary-of-${scheduled.externalMeetingId}` };
  await publishPrimary(scheduled, { Meeting, capacity, lease, now: NOW }, []);
  return now(scheduled);
}

export const claimOf = (owner: string, mediaRegion: MediaRegion = 'eu-west-1', until?: number) => ({
  ordinal: 0,
  mediaRegion,
  lease: leaseOf(owner, until),
  fence: 1,
});

/** The claim of the next request, which read a claim that was made before it. */
export const nextClaimOf = (owner: string, mediaRegion: MediaRegion = 'eu-west-1') => ({
  ...claimOf(owner, mediaRegion),
  fence: 2,
});

/** A person before a topology, whose record was last written in `knownEpoch`. */
export const subject = (
  topology: Topology,
  externalUserId: string,
  { knownEpoch, role = 'viewer' }: { knownEpoch?: number; role?: Role } = {},
): Subject => ({ topology, caller: { externalUserId, role }, knownEpoch });
