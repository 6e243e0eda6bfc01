import { replicaKey } from '../../lib/store/keys.ts';
import { inThisEpoch, readParticipant } from '../../lib/store/participant/participants.ts';
import { leaveSeat } from '../../lib/store/participant/seat-holders.ts';
import { drawTicket } from '../../lib/store/replica/tickets.ts';
import { table } from '../../lib/store/table.ts';
import { setForecast } from '../../lib/store/topology/forecasts.ts';
import { markReplica } from '../../lib/store/topology/replica-marks.ts';
import { calmNames } from './calm-names.ts';
import { ONE_REGION, SMALL, useSweptWorld } from './support.ts';

const world = useSweptWorld();
const { chime } = world;
const { calmName, isLookedAt } = calmNames(world);
/** Two passes: a name with replicas is due in the second. */
const TWO_MINUTES = 122_000;
const HALF_AN_HOUR = 1_800_000;
let sent: Record<string, unknown>[] = [];

beforeAll(() =>
  table().middlewareStack.add((next) => (request) => {
    sent.push(request.input as Record<string, unknown>);
    return next(request);
  }),
);

const take = (name: string, n: number) => world.person(name, `viewer-${n}`).seat(ONE_REGION);
const keyOf = async (name: string) => replicaKey(await world.topologyOf(name), 0);
const seatsTaken = async (name: string) =>
  ((await world.host(name).get()).body as { viewers: number }).viewers;

/** Three viewers in a replica of ten seats, whose counts are compared with their records. */
async function calmAudience(options: object = SMALL): Promise<string> {
  const name = await calmName(options);
  for (const n of [0, 1, 2]) await take(name, n);
  await world.reconcileLater(300_001);
  await world.reconcileLater(TWO_MINUTES);
  return name;
}

/** What a pass sends for this name: takes of its lease, and queries of its participants. */
async function passLater(name: string, ms = TWO_MINUTES): Promise<{ leases: number; queries: number }> {
  sent = [];
  await world.reconcileLater(ms);
  const isLease = ({ Key, UpdateExpression }: Record<string, unknown>) =>
    (Key as { pk: string } | undefined)?.pk === `MEETING#${name}` &&
    String(UpdateExpression).includes('sweptBy = :owner');
  const isQuery = ({ ExpressionAttributeValues: values }: Record<string, unknown>) =>
    String((values as Record<string, unknown> | undefined)?.[':pk']).startsWith(`PARTICIPANTS#${name}#`);
  return { leases: sent.filter(isLease).length, queries: sent.filter(isQuery).length };
}
const LIGHT = { leases: 0, queries: 0 };

describe('a name with viewers, whose records show nothing to repair', () => {
  it('is looked at every two minutes, without its participants and without a lease', async () => {
    const name = await calmAudience();
    const before = [chime.callsOf('ListAttendees'), chime.callsOf('GetMeeting')] as const;
    for (let looks = 1; looks <= 3; looks++) {
      expect(await passLater(name)).toEqual(LIGHT);
      expect([chime.callsOf('ListAttendees'), chime.callsOf('GetMeeting')]).toEqual([
        before[0] + looks,
        before[1] + looks,
      ]);
    }
    expect(await isLookedAt(name)).toBe(false);
    expect(await seatsTaken(name)).toBe(3);
  });

  it('is looked at lightly also where the host gave a forecast, and its seats are open', async () => {
    const name = await calmAudience();
    await setForecast(await world.topologyOf(name), { 'us-east-1': 5 });
    expect(await passLater(name)).toEqual(LIGHT);
  });

  it('has its counts compared with the records half an hour after the last time', async () => {
    const name = await calmAudience();
    const record = await readParticipant(name, 'viewer-1');
    if (!record?.seat) throw new Error('viewer-1 has no seat');
    const topology = await world.topologyOf(name);
    const subject = inThisEpoch({ topology, caller: record, knownEpoch: undefined });
    await leaveSeat(subject, record.seat, { now: world.now() }); // by a process that dies before it marks the ticket
    await passLater(name);
    expect(await seatsTaken(name)).toBe(3);
    expect(await passLater(name, HALF_AN_HOUR)).toMatchObject({ leases: 1 });
    expect(await seatsTaken(name)).toBe(2);
    expect(await passLater(name)).toEqual(LIGHT);
  });

  it('loses a replica that died alone, whose event was lost, in the second pass', async () => {
    const name = await calmAudience();
    chime.kill(world.replicaOf(name));
    await world.reconcileLater();
    await world.reconcileLater();
    expect((await world.topologyOf(name)).replicas).toEqual([]);
  });

  it('gets its next epoch in the second pass where its primary died and all events were lost', async () => {
    const name = await calmAudience();
    chime.kill(world.primaryOf(name));
    await world.reconcileLater();
    await world.reconcileLater();
    expect(await world.topologyOf(name)).toMatchObject({ status: 'scheduled', epoch: 2 });
  });
});

const changes: Record<string, (name: string) => Promise<unknown>> = {
  'a viewer joined': (name) => take(name, 3),
  'a viewer left': (name) => world.person(name, 'viewer-1').leave(),
  'a ticket leaked': async (name) => drawTicket(await keyOf(name), 'us-east-1'),
  'seats run short': async (name) => {
    for (const n of [3, 4, 5, 6, 7, 8]) await take(name, n);
  },
  'a replica is marked as sold out, and is not': async (name) =>
    markReplica(await world.topologyOf(name), 0, 'soldOut'),
  'Chime did not answer for a replica': async () => chime.strike('GetMeeting', 'error-503', 99),
};

describe('a look at a name with viewers takes a lease', () => {
  it.each(Object.keys(changes))('where, since the last look, %s', async (what) => {
    const name = await calmAudience();
    world.pass(TWO_MINUTES);
    await changes[what]?.(name);
    expect(await passLater(name, 0)).toMatchObject({ leases: 1 });
    chime.world.emulator.state.faults = [];
  });
});
