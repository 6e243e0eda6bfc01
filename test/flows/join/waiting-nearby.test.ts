import { isElectedOpener } from '../../../lib/domain/crowd/crowd.ts';
import { QUEUE_PARTS } from '../../../lib/domain/crowd/seat-queue.ts';
import type { MediaRegion } from '../../../lib/domain/geo/media-regions.ts';
import type { Topology } from '../../../lib/domain/meeting/topology.ts';
import { decidePlacement } from '../../../lib/flows/join/placement.ts';
import { freshLook } from '../../../lib/store/first-look.ts';
import { replicaKey } from '../../../lib/store/keys.ts';
import { drawTicket } from '../../../lib/store/replica/tickets.ts';
import { countInQueue } from '../../../lib/store/seat-queue.ts';
import { claimReplica } from '../../../lib/store/topology/replica-claims.ts';
import { freshTopology } from '../../../lib/store/topology/topologies.ts';
import { uniqueMeetingId } from '../../support/people.ts';
import { commandsIn } from '../commands.ts';
import { useWorld } from '../support.ts';

const SEATS = 5;
const HOUR_MS = 3_600_000;
/** So far ahead of the clock the quota lets calls be made, and so long after its permits a replica is ready, with jitter. */
const BURST_MS = 1850;
const READY_MS = 200;
const chime = useWorld({ CHIME_RATE_PER_SECOND: '10', CHIME_BURST: '20' });
const half = () => 0.5;
const topologyOf = async (name: string) => (await freshTopology(name, chime.now())) as Topology;

async function openName(maxReplicas: number, more: object = {}): Promise<string> {
  const name = uniqueMeetingId();
  const host = chime.person(name, 'the-host', { role: 'host' });
  await host.create({ maxReplicas, meetingFeatures: { Attendee: { MaxCount: SEATS } }, ...more });
  await host.seat();
  return name;
}

/** Another request opens the next replica, and the quota is reserved for it until then. */
async function openNext(name: string, mediaRegion: MediaRegion, until: number): Promise<void> {
  const topology = await topologyOf(name);
  const lease = { owner: 'somebody', until: chime.now() + HOUR_MS };
  const claim = { ordinal: topology.replicas.length, mediaRegion, lease, fence: 1 };
  await claimReplica(topology, { ...claim, permits: { until, names: 1 } }, chime.now());
  chime.pass(1100); // no container has an older topology
}

/** A viewer who is, or is not, an elected opener. */
async function somebody(
  name: string,
  { elected, random = half }: { elected: boolean; random?: () => number },
) {
  const topology = await topologyOf(name);
  for (let k = 0; ; k++)
    if (isElectedOpener(`viewer-${k}`, topology, SEATS) === elected)
      return chime.person(name, `viewer-${k}`, { random });
}

/** Viewers who wait, in each part of the queue. */
async function countBefore(
  name: string,
  viewers: number,
  mediaRegion: MediaRegion = 'ap-south-1',
): Promise<void> {
  const begin = { opened: 0, since: undefined };
  const many = { viewers, mediaRegion, until: chime.now() + 60_000, begin };
  for (let part = 0; part < QUEUE_PARTS; part++) await countInQueue(name, { ...many, part }, chime.now());
}

const placesOf = (name: string) => chime.live(name).map(({ mediaRegion }) => mediaRegion);

describe('a viewer who finds no seat while replicas are opened far from each other', () => {
  it('is told when the one nearby is open, however soon another one is', async () => {
    const name = await openName(2);
    const soon = chime.now() + HOUR_MS;
    await openNext(name, 'us-east-1', soon + 900);
    await openNext(name, 'ap-southeast-2', soon);
    const viewer = await somebody(name, { elected: false });
    const near = async (mediaRegion: MediaRegion) =>
      (await viewer.join({ mediaRegion })).retryAfterMs as number;
    const asked = chime.now();
    const there = await near('us-east-2');
    expect(there).toBeLessThanOrEqual(soon + 900 - BURST_MS - asked + READY_MS);
    // The second request is later, so its wait is shorter.
    expect(there - (await near('ap-southeast-2'))).toBeGreaterThanOrEqual(900);
  });
});

describe('viewers for whom none of the replicas that can follow is meant', () => {
  it('return with one or another of the last ones', async () => {
    const name = await openName(8);
    await openNext(name, 'us-east-1', chime.now() + HOUR_MS);
    await countBefore(name, 100);
    const waitWith = async (lot: number) => {
      const viewer = await somebody(name, { elected: false, random: () => lot });
      return (await viewer.join({ mediaRegion: 'eu-west-1' })).retryAfterMs as number;
    };
    const [last, other] = [await waitWith(0.2), await waitWith(0.9)];
    expect(last - other).toBeGreaterThan(400); // five replicas of one call each, less the jitter
  });
});

describe('a viewer from a media region where no seat is allowed', () => {
  it('waits for the replica that is being opened where seats are allowed, and not longer', async () => {
    const name = await openName(8, { allowedMediaRegions: ['us-east-1'] });
    const soon = chime.now() + HOUR_MS;
    await openNext(name, 'us-east-1', soon);
    const viewer = await somebody(name, { elected: false });
    const asked = chime.now();
    const { retryAfterMs } = await viewer.join({ mediaRegion: 'eu-west-1' });
    expect(retryAfterMs).toBeLessThanOrEqual(soon - BURST_MS - asked + READY_MS);
  });
});

describe('a viewer who is told a shorter wait than those before', () => {
  it('does not end their part of the queue earlier', async () => {
    const name = await openName(8);
    await openNext(name, 'us-east-1', 0);
    const until = chime.now() + 60_000;
    const begin = { opened: 0, since: undefined };
    for (let part = 0; part < QUEUE_PARTS; part++)
      await countInQueue(name, { part, viewers: 1, mediaRegion: 'sa-east-1', until, begin }, chime.now());
    const viewer = await somebody(name, { elected: false });
    expect((await viewer.join({ mediaRegion: 'us-east-1' })).status).toBe(202);
    const { queue } = await freshLook(name, 'somebody', chime.now());
    const parts = queue?.parts ?? [];
    expect(parts.map((part) => part?.viewers).toSorted()).toEqual([1, 1, 1, 2]);
    expect(parts.map((part) => part?.until)).toEqual(parts.map(() => until));
  });
});

describe('an elected opener', () => {
  it('opens the replica where the most viewers wait, also if that is elsewhere', async () => {
    const name = await openName(8);
    await openNext(name, 'us-east-1', 0);
    await countBefore(name, 100);
    await (await somebody(name, { elected: true })).join({ mediaRegion: 'us-east-1' });
    expect(placesOf(name)).toContain('ap-south-1');
  });

  it('reads nothing of the audience to learn where that is', async () => {
    const name = await openName(8);
    await openNext(name, 'us-east-1', 0);
    await countBefore(name, 100);
    const opener = await somebody(name, { elected: true });
    const sent = await commandsIn(() => opener.join({ mediaRegion: 'us-east-1' }));
    expect(sent).toContain('UpdateItemCommand');
    const reads = sent
      .slice(0, sent.indexOf('UpdateItemCommand'))
      .filter((name) => name.includes('BatchGet'));
    expect(reads).toHaveLength(3); // two looks, and what is read before a claim
  });
});

/** Whether a viewer from Ireland leaves it to others to open a replica that is worth it. */
async function leavesIn(name: string): Promise<boolean | undefined> {
  const topology = await topologyOf(name);
  const { queue } = await freshLook(name, 'somebody', chime.now());
  const request = { mediaRegion: 'eu-west-1', hasTried: true, queue } as const;
  const call = chime.call('somebody', { random: half });
  return (await decidePlacement(topology, request, call)).viewer.leavesOpening;
}

describe('a viewer who comes while others wait', () => {
  it('leaves it to them to open what is worth it, the more of them wait', async () => {
    const name = await openName(8);
    const leaves = () => leavesIn(name);
    await openNext(name, 'us-east-1', 0);
    expect(await leaves()).toBe(false);
    await countBefore(name, 7, 'eu-central-1');
    expect(await leaves()).toBe(false); // half of 28 is less than the sixteen who are to decide
    await countBefore(name, 2, 'eu-central-1');
    expect(await leaves()).toBe(true);
  });

  it('decides that alone while no replica is being opened', async () => {
    const name = await openName(8);
    await countBefore(name, 100, 'eu-central-1');
    expect(await leavesIn(name)).toBe(false);
    await openNext(name, 'us-east-1', 0);
    expect(await leavesIn(name)).toBe(true);
  });
});

describe('a viewer who finds every replica sold out, after an old read said otherwise', () => {
  it('returns after 0.2 to 0.4 s', async () => {
    const name = await openName(4);
    await chime.person(name, 'the-host', { role: 'host' }).provision({ 'us-east-1': 4 * SEATS });
    const viewer = await somebody(name, { elected: false });
    chime.pass(1100);
    await viewer.get();
    const topology = await topologyOf(name);
    for (const { ordinal } of topology.replicas)
      for (let k = 0; k < SEATS; k++) await drawTicket(replicaKey(topology, ordinal), 'us-east-1');
    const answer = await viewer.join();
    expect(answer).toMatchObject({ status: 202, body: { reason: 'opening', retryAfterMs: 300 } });
  });
});
