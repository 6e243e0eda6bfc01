import type { Topology } from '../../../lib/domain/meeting/topology.ts';
import { replicaKey } from '../../../lib/store/keys.ts';
import { readCounts } from '../../../lib/store/replica/seat-books.ts';
import { freshTopology } from '../../../lib/store/topology/topologies.ts';
import { uniqueMeetingId } from '../../support/people.ts';
import { wrapRequests } from '../../support/worker/requests.ts';
import { useWorld } from '../support.ts';

const chime = useWorld();
/** Called once, after the next assignment of a seat was written; the response to it is then lost. */
let afterAssignment: (() => Promise<unknown>) | undefined;

beforeAll(() =>
  wrapRequests((send) => async (input) => {
    const answer = await send(input);
    const then = afterAssignment;
    if (!then || !JSON.stringify(input).includes('assignments')) return answer;
    afterAssignment = undefined;
    await then();
    throw Object.assign(new Error('the response is lost'), { name: 'TimeoutError' });
  }),
);

describe('a viewer who leaves on another device while the response to the assignment is lost', () => {
  it('keeps the ticket, which no other viewer draws', async () => {
    const name = uniqueMeetingId();
    await chime.person(name, 'the-host', { role: 'host' }).seat();
    await chime.person(name, 'first').seat();
    const vic = chime.person(name, 'vic');
    afterAssignment = () => vic.leave();
    await vic.seat();
    expect(afterAssignment).toBeUndefined();
    const topology = (await freshTopology(name, chime.now())) as Topology;
    expect(await readCounts(replicaKey(topology, 0))).toMatchObject({ taken: 2, returned: new Set() });
  });
});
