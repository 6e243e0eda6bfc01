import type { LiveTopology } from '../../../lib/domain/meeting/topology.ts';
import { fairShare, reserveShare, type Share } from '../../../lib/flows/opening/permits.ts';
import { RETRY_SHORTLY } from '../../../lib/flows/shared/attempt.ts';
import { readQuota, reservePermits } from '../../../lib/store/quota.ts';
import { claimReplica, publishReplica } from '../../../lib/store/topology/replica-claims.ts';
import { freshTopology } from '../../../lib/store/topology/topologies.ts';
import { uniqueMeetingId } from '../../support/people.ts';
import { useWorld } from '../support.ts';

const chime = useWorld({ CHIME_RATE_PER_SECOND: '10', CHIME_BURST: '20' });
const OPERATION = 'BatchCreateAttendee';
const HOUR_MS = 3_600_000;

/** Each test has an hour of its own, in which the clock stands still. */
let hour = 1;
const frozen = () => {
  const now = chime.now() + 10 * HOUR_MS * hour++;
  const slept: number[] = [];
  const pause = async (ms: number) => void slept.push(ms);
  return { context: { ...chime.call('ida'), now: () => now, pause }, now, slept };
};

/** Another name, with this many replicas, has just reserved calls. */
const reserveForOther = (now: number, { replicas, calls }: { replicas: number; calls: number }) =>
  reservePermits(OPERATION, calls, {
    now,
    maxWaitMs: HOUR_MS,
    opener: { externalMeetingId: 'another-name', competitor: { replicas, at: now }, past: [] },
  });

async function openName(replicas = 0): Promise<LiveTopology> {
  const name = uniqueMeetingId();
  await chime.person(name, 'the-host', { role: 'host' }).seat();
  for (let ordinal = 0; ordinal < replicas; ordinal++) {
    const { topology, claim } = await claimNext(name);
    const published = { meetingId: `replica-${ordinal}`, capacity: 250, now: chime.now() };
    await publishReplica(topology, claim, published);
  }
  return topologyOf(name);
}

const topologyOf = async (name: string) => (await freshTopology(name, chime.now())) as LiveTopology;

/** Another request claims the next replica of a name. */
async function claimNext(name: string) {
  const topology = await topologyOf(name);
  const lease = { owner: 'another-request', until: chime.now() + HOUR_MS };
  const claim = { ordinal: topology.replicas.length, mediaRegion: 'us-east-1', lease, fence: 1 } as const;
  await claimReplica(topology, claim, chime.now());
  return { topology, claim };
}

const shareOf = async (topology: LiveTopology, at: ReturnType<typeof frozen>) =>
  fairShare(topology, { ordinal: topology.replicas.length }, at.context);

describe('a name that wants to open a replica while another name does', () => {
  it('may wait the longer for permits, the more replicas the other name has', async () => {
    const at = frozen();
    await reserveForOther(at.now, { replicas: 4, calls: 25 });
    const permits = { until: at.now + 2800, names: 2 };
    expect(await shareOf(await openName(), at)).toMatchObject({
      calls: 3,
      maxWaitMs: 500 + 4 * 300,
      permits,
    });
  });

  it('waits while permits are reserved ahead, if it has more replicas', async () => {
    const at = frozen();
    await reserveForOther(at.now, { replicas: 1, calls: 18 });
    const later = { kind: 'client-retry', retryAfterMs: 200, isOthersTime: true };
    expect(await shareOf(await openName(2), at)).toEqual(later);
  });

  it('takes the permits that the other name leaves', async () => {
    const at = frozen();
    await reserveForOther(at.now, { replicas: 1, calls: 15 });
    expect(await shareOf(await openName(2), at)).toMatchObject({ maxWaitMs: 200 });
  });

  it('waits as long as before once the other name has opened none for four seconds', async () => {
    const at = frozen();
    await reserveForOther(at.now - 4000, { replicas: 1, calls: 60 });
    expect(await shareOf(await openName(2), at)).toMatchObject({ maxWaitMs: 3000, permits: { names: 1 } });
  });
});

describe('a request that wants to open a replica', () => {
  it('reads again instead, if another request has claimed it meanwhile', async () => {
    const at = frozen();
    const topology = await openName(1);
    expect(await shareOf(topology, at)).toMatchObject({ calls: 3 });
    await claimNext(topology.externalMeetingId);
    expect(await shareOf(topology, at)).toEqual(RETRY_SHORTLY);
  });

  it('reads again instead, if the name was ended meanwhile', async () => {
    const at = frozen();
    const topology = await openName();
    await chime.person(topology.externalMeetingId, 'the-host', { role: 'host' }).end();
    expect(await shareOf(topology, at)).toEqual(RETRY_SHORTLY);
  });
});

describe('the permits of a new replica', () => {
  it('are reserved in one write, given out one by one, and recorded for its name', async () => {
    const at = frozen();
    await reservePermits(OPERATION, 17, { now: at.now, maxWaitMs: HOUR_MS });
    const topology = await openName(1);
    const limiter = await reserveShare((await shareOf(topology, at)) as Share, 'long', at.context);
    if (limiter === 'rate-limited') throw new Error(limiter);
    for (let call = 0; call < 3; call++) expect(await limiter(OPERATION)).toBe('permitted');
    expect(at.slept).toEqual([0, 50, 150]); // 18.5 calls of the burst are given out at once
    const { competitors, spokenUntil } = await readQuota(OPERATION);
    expect(competitors[topology.externalMeetingId]).toEqual({ replicas: 2, at: at.now });
    expect(spokenUntil).toBe(at.now + 2000);
  });

  it('are not reserved if other calls took them since, and nothing is', async () => {
    const at = frozen();
    const share = (await shareOf(await openName(), at)) as Share;
    await reservePermits(OPERATION, 60, { now: at.now, maxWaitMs: HOUR_MS });
    expect(await reserveShare(share, 'long', at.context)).toBe('rate-limited');
    expect((await readQuota(OPERATION)).spokenUntil).toBe(at.now + 6000);
  });
});

describe('a viewer of a name whose time it is not', () => {
  it('is told to wait, and claims no replica', async () => {
    const now = chime.now() + 100_000 * HOUR_MS;
    await reserveForOther(now, { replicas: 0, calls: 20 });
    const name = uniqueMeetingId();
    await chime.person(name, 'the-host', { role: 'host' }).seat();
    expect(await chime.person(name, 'viewer').join()).toMatchObject({
      status: 202,
      body: { reason: 'opening' },
    });
    expect((await freshTopology(name, chime.now()))?.replicas).toEqual([]);
  });
});
