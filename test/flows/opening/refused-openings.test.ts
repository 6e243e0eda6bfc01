import type { Topology } from '../../../lib/domain/meeting/topology.ts';
import { createMeeting } from '../../../lib/flows/meeting/create.ts';
import { freshTopology } from '../../../lib/store/topology/topologies.ts';
import { reconcileMeeting } from '../../reconcile/one-name.ts';
import { uniqueMeetingId } from '../../support/people.ts';
import { atOnce, useWorld } from '../support.ts';

const chime = useWorld();
/** By now Chime finds every meeting that it opened before. */
const LATER_MS = 8000;

/** A live meeting with one replica, whose host forecasts more, and has set tags that Chime rejects since. */
async function refused() {
  const name = uniqueMeetingId();
  await chime.person(name, 'the-host', { role: 'host' }).seat();
  await chime.person(name, 'ann').seat();
  await chime.person(name, 'the-host', { role: 'host' }).provision({ 'us-east-1': 200 });
  const tags = [{ Key: 'two words', Value: 'x' }];
  const body = { maxReplicas: 4, waitForPresenter: true, tags };
  await createMeeting({ externalMeetingId: name, body }, chime.call('the-host', { role: 'host' }));
  chime.pass(LATER_MS);
  return name;
}

describe('where Chime rejects the replicas of a forecast', () => {
  it('lets the reconciler do all its other work', async () => {
    const name = await refused();
    const [replica] = chime.live(name).filter(({ primaryMeetingId }) => primaryMeetingId);
    const host = chime.person(name, 'the-host', { role: 'host' });
    chime.kill(replica);
    expect((await host.provision({ 'us-east-1': 600 })).body).toMatchObject({ status: 'opening' });
    await reconcileMeeting(name, chime.call('the-reconcile'));
    const topology = await freshTopology(name, chime.now());
    expect(topology?.replicas.map(({ meetingId }) => meetingId)).not.toContain(replica?.meetingId);
  });

  it('leaves no write in flight when the request is answered', async () => {
    const name = await refused();
    const host = chime.person(name, 'the-host', { role: 'host' });
    await host.provision({ 'us-east-1': 900 });
    const asked = chime.callsOf('CreateMeeting');
    const topology = await freshTopology(name, chime.now());
    expect(topology?.replicas.filter(({ state }) => state === 'claimed')).toEqual([]);
    expect(chime.callsOf('CreateMeeting')).toBe(asked);
  });
});

describe('a media region where Chime rejects every replica', () => {
  const MILAN = { mediaRegion: 'eu-south-1' } as const;
  const MILAN_OR_FAR = { allowedMediaRegions: ['eu-south-1', 'us-east-1'] };
  /** Less than one replica takes on record, for what changes at an existing replica. */
  const SOME_BYTES = 100;
  const [ONE_IN_MILAN, ONE_ELSEWHERE] = [1, 1];

  /** A meeting in Frankfurt; as an account that has not enabled Milan, Chime refuses replicas there. */
  async function withoutMilan(options: object = {}) {
    const name = uniqueMeetingId();
    const host = chime.person(name, 'the-host', { role: 'host' });
    await host.create(options);
    await host.seat({ mediaRegion: 'eu-central-1' });
    chime.pass(LATER_MS);
    chime.chimeWill({ refusedMediaRegions: [MILAN.mediaRegion] });
    return { name, host, viewer: (k: number) => chime.person(name, `viewer-${k}`) };
  }
  const topologyOf = async (name: string) => (await freshTopology(name, chime.now())) as Topology;

  it('has its viewers seated elsewhere by the same join, after one call to Chime', async () => {
    const { name, viewer } = await withoutMilan();
    const before = chime.callsOf('CreateMeeting');
    for (let k = 0; k < 6; k++) {
      const { body } = await viewer(k).join(MILAN);
      expect(body).toMatchObject({ status: 'joined' });
    }
    expect(chime.callsOf('CreateMeeting') - before).toBe(ONE_IN_MILAN + ONE_ELSEWHERE);
    const { coolDowns, replicas } = await topologyOf(name);
    expect(coolDowns).toMatchObject({ [MILAN.mediaRegion]: { because: 'rejected', failures: 1 } });
    expect(replicas.map(({ state }) => state)).toEqual(['open']);
  });

  it('is tried by one viewer after each pause, and used again once Chime opens a replica there', async () => {
    const { name, viewer } = await withoutMilan(MILAN_OR_FAR);
    await viewer(0).seat(MILAN);
    chime.pass(15_000);
    const before = chime.callsOf('CreateMeeting');
    await atOnce(5, (k) => viewer(1 + k).seat(MILAN));
    expect(chime.callsOf('CreateMeeting') - before).toBe(ONE_IN_MILAN);
    chime.pass(30_000);
    chime.chimeWill({ refusedMediaRegions: [] });
    expect((await viewer(9).seat(MILAN)).placement.mediaRegion).toBe(MILAN.mediaRegion);
    expect((await topologyOf(name)).coolDowns).toBeUndefined();
  });

  it('makes viewers wait for at most about ten seconds, where no other region is allowed', async () => {
    const { viewer, host } = await withoutMilan();
    await host.create({ allowedMediaRegions: ['eu-south-1'] });
    const { status, retryAfterMs } = await viewer(0).join(MILAN);
    expect(status).toBe(202);
    expect(retryAfterMs).toBeGreaterThanOrEqual(10_000);
    expect(retryAfterMs).toBeLessThanOrEqual(15_000);
  });

  it('is tried again at once when a host changes the options', async () => {
    const { host, viewer } = await withoutMilan(MILAN_OR_FAR);
    await viewer(0).seat(MILAN);
    chime.chimeWill({ refusedMediaRegions: [] });
    await host.create({ ...MILAN_OR_FAR, tags: [{ Key: 'purpose', Value: 'mended' }] });
    expect((await viewer(1).seat(MILAN)).placement.mediaRegion).toBe(MILAN.mediaRegion);
  });

  it('adds nothing to the record, for any number of rejections', async () => {
    const { name, viewer } = await withoutMilan(MILAN_OR_FAR);
    await viewer(0).seat(MILAN);
    const sizeOf = async () => JSON.stringify(await topologyOf(name)).length;
    const [before, asked] = [await sizeOf(), chime.callsOf('CreateMeeting')];
    for (let k = 0; k < 10; k++) {
      chime.pass(600_000);
      await chime.person(name, `italian-${k}`).seat(MILAN);
    }
    expect(chime.callsOf('CreateMeeting') - asked).toBe(10 * ONE_IN_MILAN);
    expect(await sizeOf()).toBeLessThan(before + SOME_BYTES);
  });
});
