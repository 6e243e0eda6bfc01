import type { Topology } from '../../lib/domain/meeting/topology.ts';
import { replicaKey } from '../../lib/store/keys.ts';
import { drawTicket, returnTicket } from '../../lib/store/replica/tickets.ts';
import { markReplica } from '../../lib/store/topology/replica-marks.ts';
import { freshTopology } from '../../lib/store/topology/topologies.ts';
import { ONE_REGION, SWEPT_AGAIN_MS, useSweptWorld } from './support.ts';

const world = useSweptWorld();
const keyOf = async (name: string) => replicaKey(await world.topologyOf(name), 0);
const vacantIn = async (name: string) => [...(await world.countsOf(name)).retired].sort();
const take = (name: string, user: string) => world.person(name, user).seat(ONE_REGION);

/** Eight viewers in their seats, and one ticket of a process that died: the replica runs short. */
async function withLeakedTicket() {
  const { name } = await world.house(8);
  expect(await drawTicket(await keyOf(name), 'eu-west-1')).toMatchObject({ ticket: 8 });
  return name;
}

describe('a leaked ticket', () => {
  it('returns after two passes, as a seat with a new number', async () => {
    const name = await withLeakedTicket();
    await world.reconcileLater();
    expect(await vacantIn(name)).toEqual([]);
    await world.reconcileLater();
    expect(await vacantIn(name)).toEqual([8]);
    expect(await world.countsOf(name)).toMatchObject({ minted: 11, taken: 9 });
    expect(await world.wrongWith(name)).toEqual([]);
    await take(name, 'late-1');
    expect((await take(name, 'late-2')).Attendee.ExternalUserId).toBe('seat-0010');
    expect(await world.wrongWith(name)).toEqual([]);
  });

  it('does not return within a minute, for any number of passes', async () => {
    const name = await withLeakedTicket();
    for (let k = 0; k < 6; k++) {
      await world.reconcileName(name);
      world.pass(9900);
    }
    expect(await vacantIn(name)).toEqual([]);
    world.pass(9900);
    await world.reconcileName(name);
    expect(await vacantIn(name)).toEqual([8]);
  });

  it('is not replaced in a replica with enough seats', async () => {
    const { name } = await world.house(2);
    await drawTicket(await keyOf(name), 'eu-west-1');
    for (let k = 0; k < 3; k++) await world.reconcileLater();
    expect(await vacantIn(name)).toEqual([]);
  });
});

describe('a returned ticket whose bearer died before recording it', () => {
  it('is on sale again after a reconciler pass', async () => {
    const { name } = await world.house(2);
    const topology = async () => (await freshTopology(name, world.now())) as Topology;
    await markReplica(await topology(), 0, 'soldOut');
    await world.reconcileName(name);
    expect((await topology()).replicas[0]?.soldOut).toBeUndefined();
  });
});

describe('a ticket that is unassigned for a moment', () => {
  it('is not revoked from a viewer who draws it again after it was returned and watched', async () => {
    const { name } = await world.house(9);
    const drawn = await drawTicket(await keyOf(name), 'eu-west-1');
    await world.reconcileName(name);
    if (drawn === 'sold-out') throw new Error('there was a seat');
    await returnTicket(await keyOf(name), { ticket: drawn.ticket, resold: 0 });
    expect(await drawTicket(await keyOf(name), 'eu-west-1')).toEqual({ ...drawn, resold: 1 });
    world.pass(SWEPT_AGAIN_MS);
    await world.reconcileName(name);
    expect(await vacantIn(name)).toEqual([]);
  });

  it('is not revoked from the second viewer, whose ticket is watched later than the first', async () => {
    const { name } = await world.house(7);
    await drawTicket(await keyOf(name), 'eu-west-1');
    await drawTicket(await keyOf(name), 'eu-west-1');
    await world.reconcileName(name);
    world.pass(50_000);
    await drawTicket(await keyOf(name), 'eu-west-1');
    await world.reconcileName(name);
    world.pass(11_000);
    await world.reconcileName(name);
    expect(await vacantIn(name)).toEqual([7, 8]);
    world.pass(50_000);
    await world.reconcileName(name);
    expect(await vacantIn(name)).toEqual([7, 8]);
    world.pass(11_000);
    await take(name, 'late'); // it runs short again
    await world.reconcileName(name);
    expect(await vacantIn(name)).toEqual([7, 8, 9]);
  });
});
