import { isElectedOpener } from '../../../lib/domain/crowd/crowd.ts';
import { explainPlacement } from '../../../lib/domain/placement/explain-placement.ts';
import type { PlacementRecord } from '../../../lib/domain/placement/placement-record.ts';
import { claimReplica } from '../../../lib/store/topology/replica-claims.ts';
import { freshTopology } from '../../../lib/store/topology/topologies.ts';
import { uniqueMeetingId } from '../../support/people.ts';
import { useWorld } from '../support.ts';

const chime = useWorld({ CHIME_RATE_PER_SECOND: '10', CHIME_BURST: '20' });
const hostOf = (name: string) => chime.person(name, 'the-host', { role: 'host' });

async function onAir(options: object = {}) {
  const name = uniqueMeetingId();
  await hostOf(name).create(options);
  await hostOf(name).seat({ mediaRegion: 'us-east-1' });
  return name;
}

/** Seats this many viewers from a place, one after another. Gives the replica of each. */
async function come(name: string, mediaRegion: string, many: number) {
  const regions: string[] = [];
  for (let k = 0; k < many; k++) {
    const { placement } = await chime.person(name, `${mediaRegion}-${k}`).seat({ mediaRegion });
    regions.push(placement.mediaRegion);
  }
  return regions;
}

describe('an audience that turns out to be on two continents', () => {
  it('gets a replica on each, but a distant viewer who comes second opens none', async () => {
    const name = await onAir();
    await come(name, 'eu-central-1', 1);
    const seats = await come(name, 'ap-south-1', 6);
    expect(seats[0]).toBe('eu-central-1');
    expect(seats.at(-1)).toBe('ap-south-1');
    expect(chime.live(name)).toHaveLength(3);
  });

  it('gets a replica on each with its first distant viewer, once several came from one place', async () => {
    const name = await onAir();
    await come(name, 'eu-central-1', 6);
    expect(await come(name, 'ap-northeast-1', 1)).toEqual(['ap-northeast-1']);
  });

  it('does not use up the four replicas of a small quota for four strangers', async () => {
    const name = await onAir();
    for (const from of ['eu-west-1', 'ap-southeast-2', 'sa-east-1', 'ap-northeast-1'])
      await come(name, from, 1);
    expect(chime.live(name).length).toBeLessThan(1 + 4);
  });
});

describe('the explanation of a placement', () => {
  it('names each candidate, the time that a new replica would have saved, and why it was not chosen', async () => {
    const name = await onAir();
    await come(name, 'eu-central-1', 1);
    await come(name, 'sa-east-1', 1);
    const { body } = await hostOf(name).see('sa-east-1-0', true);
    const { placement } = body as { placement: { candidates: object[] } };
    expect(placement).toMatchObject({ reason: 'nearest-with-room', mediaRegion: 'eu-central-1' });
    expect(placement.candidates).toContainEqual({ ordinal: 0, mediaRegion: 'eu-central-1', rttMs: 205 });
  });

  it('reproduces the same decision from its record', async () => {
    const name = await onAir();
    await come(name, 'eu-central-1', 3);
    await come(name, 'ap-south-1', 2);
    for (const whom of ['eu-central-1-2', 'ap-south-1-0', 'ap-south-1-1']) {
      const { body } = await hostOf(name).see(whom, true);
      const { ordinal, reason, rttMs, decidedBy } = (body as { placement: Record<string, unknown> })
        .placement;
      const again = explainPlacement(decidedBy as PlacementRecord).placement;
      expect(again).toMatchObject({ kind: 'seat', reason, rttMs, replica: { ordinal } });
    }
  });
});

describe('while the first replica is being opened', () => {
  /** Another request holds the claim, for a while. */
  async function beingOpened() {
    const name = await onAir({ maxReplicas: 8 });
    const now = chime.now();
    const topology = (await freshTopology(name, now)) as NonNullable<
      Awaited<ReturnType<typeof freshTopology>>
    >;
    const lease = { owner: 'somebody', until: now + 60_000 };
    await claimReplica(topology, { ordinal: 0, mediaRegion: 'eu-west-1', lease, fence: 1 }, now);
    const names = Array.from({ length: 5000 }, (_, k) => `viewer-${k}`);
    const stands = (whom: string) => isElectedOpener(whom, topology, 250);
    return { name, one: names.find(stands) as string, others: names.filter((whom) => !stands(whom)) };
  }

  it('most viewers get a time when seats may be available, with jitter', async () => {
    const { name, others } = await beingOpened();
    const answers = await Promise.all(
      others.slice(0, 20).map((whom) => chime.person(name, whom).join({ mediaRegion: 'eu-west-1' })),
    );
    const waits = answers.map(({ status, retryAfterMs }) => status === 202 && retryAfterMs);
    expect(new Set(waits).size).toBeGreaterThan(10);
    for (const wait of waits) expect(wait).toBeGreaterThanOrEqual(100);
    expect(chime.live(name)).toHaveLength(1);
  });

  it('an elected opener opens the next one beside it, and is seated there', async () => {
    const { name, one } = await beingOpened();
    const { body } = await chime.person(name, one).join({ mediaRegion: 'eu-west-1' });
    expect(body).toMatchObject({ status: 'joined', placement: { ordinal: 1, mediaRegion: 'eu-west-1' } });
  });
});
