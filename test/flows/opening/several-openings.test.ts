import type { LiveTopology } from '../../../lib/domain/meeting/topology.ts';
import { openReplicas } from '../../../lib/flows/opening/replica.ts';
import { RETRY_NOW } from '../../../lib/flows/shared/attempt.ts';
import { freshTopology } from '../../../lib/store/topology/topologies.ts';
import { uniqueMeetingId } from '../../support/people.ts';
import { useWorld } from '../support.ts';

const chime = useWorld();
const topologyOf = async (name: string) => (await freshTopology(name, chime.now())) as LiveTopology;

describe('a request that opens several replicas', () => {
  it('opens all of them, although each claim changes the topology', async () => {
    const name = uniqueMeetingId();
    await chime.person(name, 'the-host', { role: 'host' }).seat();
    const openings = [0, 1, 2].map((ordinal) => ({ ordinal, mediaRegion: 'us-east-1' }) as const);
    const opened = await openReplicas(await topologyOf(name), openings, chime.call('ida'));
    expect(opened).toEqual(openings.map(() => RETRY_NOW));
    expect((await topologyOf(name)).replicas.map(({ state }) => state)).toEqual(['open', 'open', 'open']);
  });
});
