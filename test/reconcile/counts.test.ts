import { replicaKey } from '../../lib/store/keys.ts';
import { inThisEpoch, readParticipant } from '../../lib/store/participant/participants.ts';
import { leaveSeat, returnToSeat, takeSeat } from '../../lib/store/participant/seat-holders.ts';
import { markAway } from '../../lib/store/replica/seats.ts';
import { drawTicket } from '../../lib/store/replica/tickets.ts';
import { ONE_REGION, useSweptWorld } from './support.ts';

const world = useSweptWorld();
/** Counts that did not change are compared with the records as often as this. */
const HALF_AN_HOUR = 1_800_000;
const viewer = (name: string, n: number) => world.person(name, `viewer-${n}`);

const shown = async (name: string) => {
  const { body } = await world.host(name).get();
  const { viewers, replicas } = body as { viewers: number; replicas: { seatsTaken: number }[] };
  return [viewers, replicas.reduce((sum, { seatsTaken }) => sum + seatsTaken, 0)];
};

async function recordOf(name: string, n: number) {
  const record = await readParticipant(name, `viewer-${n}`);
  if (!record?.seat) throw new Error(`viewer-${n} has no seat`);
  const topology = await world.topologyOf(name);
  return { seat: record.seat, subject: inThisEpoch({ topology, caller: record, knownEpoch: undefined }) };
}

/** The records of a process that dies after its first write. */
const crashes: [string, (name: string) => Promise<unknown>, number][] = [
  [
    'leaving, before the seat was marked as away',
    async (name) => {
      const { subject, seat } = await recordOf(name, 1);
      await leaveSeat(subject, seat, { now: world.now() });
    },
    3,
  ],
  [
    'coming back, before the mark was taken away',
    async (name) => {
      await viewer(name, 1).leave();
      const { subject, seat } = await recordOf(name, 1);
      await returnToSeat(subject, { seat }, world.now());
    },
    4,
  ],
  [
    'joining, before the ticket was written down',
    async (name) => drawTicket(replicaKey(await world.topologyOf(name), 0), 'us-east-1'),
    4,
  ],
];

describe('the number of seated people that the host sees', () => {
  it.each(crashes)(
    'is put right after a crash in %s, though seats do not run short',
    async (_, crash, seated) => {
      const { name } = await world.house(4);
      await crash(name);
      expect(await shown(name)).not.toEqual([seated, seated]);
      for (let passes = 0; passes < 4; passes++) await world.reconcileLater();
      expect(await shown(name)).toEqual([seated, seated]);
      for (let passes = 0; passes < 4; passes++) await world.reconcileLater();
      expect(await shown(name)).toEqual([seated, seated]);
    },
  );

  it('is right within 150 s of a mark that crossed another', async () => {
    const { name } = await world.house(4);
    const key = replicaKey(await world.topologyOf(name), 0);
    await world.reconcileLater();
    await markAway(key, 2);
    expect(await shown(name)).toEqual([3, 3]);
    await world.reconcileLater();
    await world.reconcileLater();
    expect(await shown(name)).toEqual([4, 4]);
  });

  it('includes a viewer whose process was late to record a ticket that counted as leaked', async () => {
    const { name } = await world.house(4);
    const key = replicaKey(await world.topologyOf(name), 0);
    const drawn = await drawTicket(key, 'us-east-1');
    if (drawn === 'sold-out') throw new Error('there is no ticket');
    for (let passes = 0; passes < 4; passes++) await world.reconcileLater();
    const { seat } = await recordOf(name, 1);
    const late = {
      topology: await world.topologyOf(name),
      caller: { externalUserId: 'late', role: 'viewer' as const },
    };
    await takeSeat(
      { ...late, knownEpoch: undefined },
      { seat: { ...seat, ticket: drawn.ticket } },
      world.now(),
    );
    await world.reconcileLater(HALF_AN_HOUR);
    expect(await shown(name)).toEqual([5, 5]);
  });

  it('is corrected by a repeated leave request after a partial one', async () => {
    const { name } = await world.house(4);
    const { subject, seat } = await recordOf(name, 1);
    await leaveSeat(subject, seat, { now: world.now() });
    await viewer(name, 1).leave();
    expect(await shown(name)).toEqual([3, 3]);
    await viewer(name, 1).leave();
    expect(await shown(name)).toEqual([3, 3]);
    await viewer(name, 1).seat(ONE_REGION);
    expect(await shown(name)).toEqual([4, 4]);
  });
});
