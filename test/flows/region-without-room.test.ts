import { aName } from '../support/people.ts';
import { useWorld } from './support.ts';

const chime = useWorld();

describe('a media region where Chime opens nothing', () => {
  it('strands nobody: those from there sit elsewhere, and the others where they always would', async () => {
    const name = aName();
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

  it('takes none of the few replicas away from those who can sit elsewhere', async () => {
    const name = aName();
    const host = chime.person(name, 'the-host', { role: 'host' });
    await host.create({ maxReplicas: 1 });
    await host.seat({ mediaRegion: 'us-east-1' });
    chime.chimeWill({ fullMediaRegions: ['ap-northeast-1'] });
    await chime.person(name, 'bob').join({ mediaRegion: 'ap-northeast-1' });
    const { placement } = await chime.person(name, 'ann').seat({ mediaRegion: 'eu-west-1' });
    expect(placement.mediaRegion).toBe('eu-west-1');
  });

  it('is tried again after a while', async () => {
    const name = aName();
    await chime.person(name, 'the-host', { role: 'host' }).seat({ mediaRegion: 'us-east-1' });
    chime.chimeWill({ fullMediaRegions: ['ap-northeast-1'] });
    await chime.person(name, 'bob').join({ mediaRegion: 'ap-northeast-1' });
    chime.chimeWill({ fullMediaRegions: [] });
    chime.pass(15_000);
    const { placement } = await chime.person(name, 'bob').seat({ mediaRegion: 'ap-northeast-1' });
    expect(placement).toMatchObject({ ordinal: 0, mediaRegion: 'ap-northeast-1' });
  });
});
