import type { Topology } from '../../../lib/domain/meeting/topology.ts';
import { claimReplica } from '../../../lib/store/topology/replica-claims.ts';
import { freshTopology } from '../../../lib/store/topology/topologies.ts';
import { reconcileMeeting } from '../../reconcile/one-name.ts';
import { uniqueMeetingId } from '../../support/people.ts';
import { useWorld } from '../support.ts';

const chime = useWorld();

describe('a media region that the host forbids while a replica there is half open', () => {
  it('gets no replica, not even from the reconciler', async () => {
    const name = uniqueMeetingId();
    const host = chime.person(name, 'the-host', { role: 'host' });
    await host.seat({ mediaRegion: 'us-east-1' });
    const topology = (await freshTopology(name, chime.now())) as Topology;
    const lease = { owner: 'crashed', until: chime.now() };
    const claim = { ordinal: 0, mediaRegion: 'eu-west-1', lease, fence: 1 } as const;
    await claimReplica(topology, claim, chime.now());
    await host.create({ allowedMediaRegions: ['us-east-1'] });
    chime.pass(1000);
    await reconcileMeeting(name, chime.call('the-reconcile'));
    await chime.person(name, 'ann').seat({ mediaRegion: 'eu-west-1' });
    expect(chime.live(name).map(({ mediaRegion }) => mediaRegion)).toEqual(['us-east-1', 'us-east-1']);
  });
});
