import { uniqueMeetingId } from '../../support/people.ts';
import { useWorld } from '../support.ts';

const chime = useWorld();

describe('a host whose account is at its meeting limit', () => {
  it('gets the problem with each join and each look, until the meeting is open', async () => {
    const name = uniqueMeetingId();
    const host = chime.person(name, 'the-host', { role: 'host' });
    chime.chimeWill({ concurrentMeetings: chime.world.emulator.state.live.size });
    await host.create();
    for (let k = 0; k < 2; k++) {
      const { status, body } = await host.join();
      expect([status, body]).toMatchObject([
        202,
        { reason: 'opening', detail: expect.stringContaining('quota') },
      ]);
    }
    expect((await host.get()).body).toMatchObject({ problems: [{ kind: 'account-limit' }] });
    chime.chimeWill({ concurrentMeetings: 250 });
    await host.seat();
    expect((await host.get()).body).toMatchObject({ problems: [] });
  });
});

describe('the reason why Chime opens no replica', () => {
  it('is shown to hosts and presenters, and to no viewer', async () => {
    const name = uniqueMeetingId();
    const host = chime.person(name, 'the-host', { role: 'host' });
    await host.seat({ mediaRegion: 'us-east-1' });
    chime.pass(3000);
    chime.chimeWill({ refusedMediaRegions: ['eu-south-1'], replicasPerPrimary: 0 });
    const viewer = chime.person(name, 'vic');
    await viewer.join({ mediaRegion: 'eu-south-1' }).catch(() => undefined);
    const kinds = ['replica-limit', 'media-region'].map((kind) => expect.objectContaining({ kind }));
    expect((await host.get()).body).toMatchObject({ problems: kinds });
    const presenter = chime.person(name, 'pia', { role: 'presenter' });
    expect((await presenter.get()).body).toHaveProperty('problems');
    expect((await viewer.get()).body).not.toHaveProperty('problems');
  });
});
