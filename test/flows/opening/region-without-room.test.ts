import { freshTopology } from '../../../lib/store/topology/topologies.ts';
import { reconcileMeeting } from '../../reconcile/one-name.ts';
import { uniqueMeetingId } from '../../support/people.ts';
import { useWorld } from '../support.ts';

const chime = useWorld();
const LATER_MS = 16_000;

/** A host is on stage, Tokyo is full, and a viewer from there has joined. */
async function bobFindsNoRoom(options: object) {
  const name = uniqueMeetingId();
  const host = chime.person(name, 'the-host', { role: 'host' });
  await host.create(options);
  await host.seat({ mediaRegion: 'us-east-1' });
  chime.chimeWill({ fullMediaRegions: ['ap-northeast-1'] });
  await chime.person(name, 'bob').join({ mediaRegion: 'ap-northeast-1' });
  return { name, host };
}

describe('a media region where Chime opens nothing', () => {
  it('has its viewers seated elsewhere, and all other viewers placed as usual', async () => {
    const name = uniqueMeetingId();
    await chime.person(name, 'the-host', { role: 'host' }).seat({ mediaRegion: 'us-east-1' });
    await chime.person(name, 'ann').seat({ mediaRegion: 'eu-west-1' });
    chime.chimeWill({ fullMediaRegions: ['ap-northeast-1'] });
    const seats = [];
    for (const whom of ['bob', 'cem', 'dee', 'eve']) {
      const { placement } = await chime.person(name, whom).seat({ mediaRegion: 'ap-northeast-1' });
      seats.push(placement.mediaRegion);
    }
    expect(seats).not.toContain('ap-northeast-1');
    const { placement } = await chime.person(name, 'fay').seat({ mediaRegion: 'eu-west-1' });
    expect(placement).toMatchObject({ mediaRegion: 'eu-west-1', reason: 'own-region' });
  });

  it('takes no replica away from viewers who can sit elsewhere', async () => {
    const { name } = await bobFindsNoRoom({ maxReplicas: 1 });
    const { placement } = await chime.person(name, 'ann').seat({ mediaRegion: 'eu-west-1' });
    expect(placement.mediaRegion).toBe('eu-west-1');
  });

  it('gets no replica beyond the host’s limit once it has capacity, and a possible leftover is deleted', async () => {
    const { name } = await bobFindsNoRoom({ maxReplicas: 1 });
    await chime.person(name, 'ann').seat({ mediaRegion: 'eu-west-1' });
    chime.chimeWill({ fullMediaRegions: [] });
    chime.pass(LATER_MS);
    await reconcileMeeting(name, chime.call('the-reconcile'));
    expect(chime.live(name).map(({ mediaRegion }) => mediaRegion)).toEqual(['us-east-1', 'eu-west-1']);
    expect((await freshTopology(name, chime.now()))?.replicas).toMatchObject([{ ordinal: 1 }]);
  });

  it('is provisioned for by a forecast once it has capacity, and by no more than was asked', async () => {
    const { name, host } = await bobFindsNoRoom({ maxReplicas: 2 });
    chime.chimeWill({ fullMediaRegions: [] });
    await host.provision({ 'ap-northeast-1': 600 });
    expect(chime.live(name).map(({ mediaRegion }) => mediaRegion)).toEqual([
      ...['us-east-1', 'ap-northeast-1', 'ap-northeast-1'],
    ]);
  });

  it('is tried again after a while', async () => {
    const name = uniqueMeetingId();
    await chime.person(name, 'the-host', { role: 'host' }).seat({ mediaRegion: 'us-east-1' });
    chime.chimeWill({ fullMediaRegions: ['ap-northeast-1'] });
    await chime.person(name, 'bob').join({ mediaRegion: 'ap-northeast-1' });
    chime.chimeWill({ fullMediaRegions: [] });
    chime.pass(15_000);
    const { placement } = await chime.person(name, 'bob').seat({ mediaRegion: 'ap-northeast-1' });
    expect(placement).toMatchObject({ ordinal: 0, mediaRegion: 'ap-northeast-1' });
  });
});
