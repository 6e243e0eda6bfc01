import { isElectedOpener } from '../../../lib/domain/crowd/crowd.ts';
import { QUEUE_PARTS } from '../../../lib/domain/crowd/seat-queue.ts';
import type { Topology } from '../../../lib/domain/meeting/topology.ts';
import { freshLook } from '../../../lib/store/first-look.ts';
import { replicaKey } from '../../../lib/store/keys.ts';
import { drawTicket } from '../../../lib/store/replica/tickets.ts';
import { moveQueue } from '../../../lib/store/seat-queue.ts';
import { claimReplica } from '../../../lib/store/topology/replica-claims.ts';
import { putOnSaleAgain } from '../../../lib/store/topology/replica-marks.ts';
import { freshTopology } from '../../../lib/store/topology/topologies.ts';
import { uniqueMeetingId } from '../../support/people.ts';
import { useWorld } from '../support.ts';

const SEATS = 5;
const HOUR_MS = 3_600_000;
const chime = useWorld();
const half = () => 0.5;

/** A live meeting whose only replica is full, while somebody opens another one. */
async function whileSeatsAreOpened() {
  const name = uniqueMeetingId();
  const host = chime.person(name, 'the-host', { role: 'host' });
  const meetingFeatures = { Attendee: { MaxCount: SEATS } };
  await host.create({ maxReplicas: 1, meetingFeatures });
  await host.seat();
  for (let k = 0; k < SEATS; k++) await chime.person(name, `early-${k}`).seat();
  await host.create({ maxReplicas: 8, meetingFeatures });
  const topology = (await freshTopology(name, chime.now())) as Topology;
  const ordinal = topology.replicas.length;
  const lease = { owner: 'somebody', until: chime.now() + HOUR_MS };
  await claimReplica(topology, { ordinal, mediaRegion: 'us-east-1', lease, fence: 1 }, chime.now());
  chime.pass(1100);
  return { name, topology, late: lateFor(topology, name) };
}

/** Viewers who are not elected to open a replica. */
function lateFor(topology: Topology, name: string) {
  const names = Array.from({ length: 200 }, (_, k) => `late-${k}`);
  const others = names.filter((each) => !isElectedOpener(each, topology, SEATS));
  return (k: number) => chime.person(name, others[k] as string, { random: half });
}

const partsOf = async (name: string) => (await freshLook(name, 'somebody', chime.now())).queue?.parts ?? [];
const waitOf = async (join: Promise<{ body?: unknown }>) =>
  ((await join).body as { retryAfterMs: number }).retryAfterMs;

describe('a viewer who finds all seats taken while more are opened', () => {
  it('is told to wait, and is counted in the queue', async () => {
    const { name, late } = await whileSeatsAreOpened();
    expect(await partsOf(name)).toEqual([]);
    expect(await late(0).join()).toMatchObject({ status: 202, body: { reason: 'opening' } });
    expect(await partsOf(name)).toHaveLength(1);
  });

  it('is not counted again when they say that they waited', async () => {
    const { name, late } = await whileSeatsAreOpened();
    expect((await late(0).join({ waited: true })).status).toBe(202);
    expect(await partsOf(name)).toEqual([]);
  });

  it('waits the longer, the more viewers came before', async () => {
    const { name, late } = await whileSeatsAreOpened();
    const first = await waitOf(late(0).join());
    for (let part = 0; part < QUEUE_PARTS; part++)
      await moveQueue(name, { part, stepMs: 10_000 }, chime.now());
    chime.pass(100);
    expect(await waitOf(late(1).join())).toBeGreaterThan(first + 5000);
  });
});

describe('the viewer who draws the last ticket of a replica', () => {
  it('marks it as sold out, so that no other viewer draws in vain', async () => {
    const name = uniqueMeetingId();
    const host = chime.person(name, 'the-host', { role: 'host' });
    await host.create({ maxReplicas: 1, meetingFeatures: { Attendee: { MaxCount: SEATS } } });
    await host.seat();
    for (let k = 0; k < SEATS - 1; k++) await chime.person(name, `viewer-${k}`).seat();
    expect((await freshTopology(name, chime.now()))?.replicas[0]?.soldOut).toBeUndefined();
    await chime.person(name, 'the-last').seat();
    expect((await freshTopology(name, chime.now()))?.replicas[0]?.soldOut).toBe(true);
  });

  it('may have died before the mark: the next viewer who finds no ticket sets it', async () => {
    const { name, topology, late } = await whileSeatsAreOpened();
    const replica = replicaKey(topology, 0);
    expect(await drawTicket(replica, 'us-east-1')).toBe('sold-out');
    await putOnSaleAgain(topology, 0);
    expect((await late(0).join()).status).toBe(202);
    expect((await freshTopology(name, chime.now()))?.replicas[0]?.soldOut).toBe(true);
  });
});
