import type { Capabilities } from '../../lib/domain/meeting/capabilities.ts';
import type { Topology } from '../../lib/domain/meeting/topology.ts';
import { leaseFor } from '../../lib/flows/shared/lease.ts';
import { recordIntent, type Standing, standingOf } from '../../lib/flows/stage/capabilities.ts';
import { readParticipant } from '../../lib/store/participant/participants.ts';
import { freshTopology } from '../../lib/store/topology/topologies.ts';
import { until } from '../../local/until.ts';
import { LEASE_IS_OVER_MS } from '../flows/support.ts';
import { reconcileMeeting } from '../reconcile/one-name.ts';
import type { TestWorld } from '../support/local-world.ts';
import { callOf, refusalOf, uniqueMeetingId } from '../support/people.ts';
import { clock } from '../support/skipping-clock.ts';
import { stageFaults } from '../support/stage/audit.ts';
import { attendeeAtChime, startStage, strike } from '../support/stage/facts.ts';
import { type Latency, laggingWires } from '../support/stage/latency.ts';
import { someone } from '../support/stage/people.ts';

let world: TestWorld;
let latency: Latency;
beforeAll(async () => {
  world = await startStage();
  latency = laggingWires();
});
afterAll(() => world.close());

const FULL: Capabilities = { Audio: 'SendReceive', Video: 'SendReceive', Content: 'SendReceive' };
const MUTED: Capabilities = { ...FULL, Audio: 'Receive' };
const SILENT: Capabilities = { ...FULL, Audio: 'None' };
const UNSEEN: Capabilities = { Audio: 'SendReceive', Video: 'None', Content: 'None' };
const as = (name: string, who: string, role: 'host' | 'presenter' | 'viewer' = 'presenter') =>
  someone(name, who, { role });

/** A host, two presenters and a promoted viewer, all on stage. */
async function hall() {
  const name = uniqueMeetingId();
  const host = as(name, 'the-host', 'host');
  await host.create({ meetingFeatures: { Attendee: { MaxCount: 10 } } });
  await host.seat();
  await as(name, 'vic', 'viewer').seat();
  for (const who of ['pia', 'pol']) await as(name, who).seat();
  await host.promote('vic');
  const may = (who: string) => attendeeAtChime(world, name, who)?.capabilities;
  return { name, host, may };
}

const versionOf = async (name: string, who: string) =>
  (await readParticipant(name, who))?.place?.version ?? 0;

/** Waits in real time: the clock of the requests would skip to the end of their waits meanwhile. */
const untilIntent = (name: string, who: string, version: number) =>
  clock.during(() => until(async () => (await versionOf(name, who)) >= version));

describe('a change of capabilities that crosses', () => {
  it('a mute-all whose batch is under way: the later intent holds, at Chime and in the record', async () => {
    const { name, host, may } = await hall();
    const gate = latency.hold({ operation: 'BatchUpdateAttendeeCapabilitiesExcept', at: 'request' });
    const muting = host.muteAll();
    await gate.reached;
    const changing = host.capabilities('pia', { ...FULL, Video: 'Receive', Content: 'None' });
    await untilIntent(name, 'pia', 2);
    gate.open();
    expect([(await muting).status, (await changing).status]).toEqual([204, 200]);
    expect(may('pia')).toEqual({ ...FULL, Video: 'Receive', Content: 'None' });
    expect(may('pol')).toEqual(MUTED);
    expect(await stageFaults(world, name)).toEqual([]);
  });

  it('a mute-all that comes during the request: the person is muted, and keeps the other capabilities', async () => {
    const { name, host, may } = await hall();
    const gate = latency.hold({ operation: 'UpdateAttendeeCapabilities', at: 'answer' });
    const changing = host.capabilities('pia', { ...FULL, Video: 'None', Content: 'None' });
    await gate.reached;
    const muting = as(name, 'ida', 'host').muteAll();
    await untilIntent(name, 'pia', 2);
    gate.open();
    expect([(await muting).status, (await changing).status]).toEqual([204, 200]);
    expect(may('pia')).toEqual({ Audio: 'Receive', Video: 'None', Content: 'None' });
    expect(await stageFaults(world, name)).toEqual([]);
  });

  it.each(['request', 'answer'] as const)(
    'another change, held up at its %s: the later one holds',
    async (at) => {
      const { name, host, may } = await hall();
      const gate = latency.hold({ operation: 'UpdateAttendeeCapabilities', at });
      const first = host.capabilities('pia', SILENT);
      await gate.reached;
      const second = host.capabilities('pia', FULL);
      await untilIntent(name, 'pia', 2);
      gate.open();
      await Promise.all([first, second]);
      expect(may('pia')).toEqual(FULL);
      expect(await stageFaults(world, name)).toEqual([]);
      await host.muteAll();
      expect(may('pia')).toEqual(MUTED);
    },
  );
});

describe('a change of capabilities whose responses from Chime are lost', () => {
  it('leaves the person muted by a later mute-all', async () => {
    const { name, host, may } = await hall();
    await host.capabilities('pia', SILENT);
    strike(world, 'UpdateAttendeeCapabilities', { fault: 'timeout-after', times: 3 });
    expect(await refusalOf(host.capabilities('pia', FULL))).toBe('UPSTREAM_UNAVAILABLE');
    expect(may('pia')).toEqual(FULL);
    expect((await host.muteAll()).status).toBe(204);
    expect(may('pia')).toEqual(MUTED);
    expect(await stageFaults(world, name)).toEqual([]);
  });

  it('keeps the person’s restrictions of video and content in a later mute-all', async () => {
    const { host, may } = await hall();
    strike(world, 'UpdateAttendeeCapabilities', { fault: 'timeout-after', times: 3 });
    expect(await refusalOf(host.capabilities('pia', UNSEEN))).toBe('UPSTREAM_UNAVAILABLE');
    expect((await host.muteAll()).status).toBe(204);
    expect(may('pia')).toEqual({ ...UNSEEN, Audio: 'Receive' });
  });
});

/** A request that recorded its intent, called Chime or not, and died. */
async function abandoned(name: string, who: string, Capabilities: Capabilities): Promise<void> {
  const topology = (await freshTopology(name, clock.now())) as Topology;
  const call = callOf('the-host');
  const standing = standingOf(topology, await readParticipant(name, who)) as Standing;
  const recorded = await recordIntent(
    standing,
    { intentOf: () => Capabilities, lease: leaseFor(call) },
    call,
  );
  expect(recorded).toMatchObject({ place: { wanted: Capabilities } });
}

describe('an intent whose request died', () => {
  const reconcile = (name: string) => reconcileMeeting(name, callOf('reconcile', { role: 'host' }));
  const WAYS: Record<string, (name: string) => Promise<unknown>> = {
    'the person joins again': (name) => as(name, 'pia').seat(),
    'their capabilities are changed': (name) => as(name, 'the-host', 'host').capabilities('pia', UNSEEN),
    'all are muted': (name) =>
      as(name, 'pia')
        .muteAll()
        .then(() => as(name, 'pol').muteAll()),
    'the reconciler passes': reconcile,
  };

  it.each(Object.entries(WAYS))('is finished once its lease is over, when %s', async (_, happen) => {
    const { name } = await hall();
    await abandoned(name, 'pia', UNSEEN);
    clock.pass(LEASE_IS_OVER_MS);
    await happen(name);
    expect(attendeeAtChime(world, name, 'pia')?.capabilities).toMatchObject({
      Video: 'None',
      Content: 'None',
    });
    expect(await stageFaults(world, name)).toEqual([]);
  });

  it('is finished by the request of a promoted viewer for the credential', async () => {
    const { name } = await hall();
    await abandoned(name, 'vic', MUTED);
    clock.pass(LEASE_IS_OVER_MS);
    const { body } = await as(name, 'vic', 'viewer').promotion();
    expect(body).toMatchObject({ Attendee: { Capabilities: MUTED } });
    expect(attendeeAtChime(world, name, 'vic')?.capabilities).toEqual(MUTED);
  });

  it('is absent where Chime has other capabilities than the record: the reconciler restores those of the record', async () => {
    const { name } = await hall();
    Object.assign(attendeeAtChime(world, name, 'pia')?.capabilities ?? {}, SILENT);
    clock.pass(1000);
    await reconcile(name);
    expect(attendeeAtChime(world, name, 'pia')?.capabilities).toEqual(FULL);
    expect(await stageFaults(world, name)).toEqual([]);
  });

  it('is withdrawn when Chime rejects it', async () => {
    const { name, host, may } = await hall();
    await abandoned(name, 'pia', { ...FULL, Video: 'None' }); // content cannot be received without video
    clock.pass(LEASE_IS_OVER_MS);
    await as(name, 'pia').seat();
    expect(may('pia')).toEqual(FULL);
    expect((await readParticipant(name, 'pia'))?.place?.wanted).toBeUndefined();
    expect((await host.capabilities('pia', MUTED)).status).toBe(200);
  });
});

describe('a presenter who enters while the batch of a mute-all is on its way', () => {
  it.each([
    ['the usual capabilities', undefined, MUTED],
    ['nothing but ears for others', { Audio: 'None', Video: 'None', Content: 'None' }, undefined],
  ] as const)('with %s has at Chime what the record says', async (_, asked, expected) => {
    const { name, host, may } = await hall();
    const gate = latency.hold({ operation: 'BatchUpdateAttendeeCapabilitiesExcept', at: 'request' });
    const muting = host.muteAll();
    await gate.reached;
    await as(name, 'late').seat(asked ? { capabilities: asked } : {});
    gate.open();
    expect((await muting).status).toBe(204);
    expect(may('late')).toEqual(expected ?? asked);
    expect(await stageFaults(world, name)).toEqual([]);
  });

  it('keeps the microphone if they are the caller of the mute-all', async () => {
    const { name, may } = await hall();
    const gate = latency.hold({ operation: 'BatchUpdateAttendeeCapabilitiesExcept', at: 'request' });
    const muting = as(name, 'ida', 'host').muteAll();
    await gate.reached;
    await as(name, 'ida', 'host').seat();
    gate.open();
    expect((await muting).status).toBe(204);
    expect([may('ida'), may('pia'), may('the-host')]).toEqual([FULL, MUTED, MUTED]);
    expect(await stageFaults(world, name)).toEqual([]);
  });
});

describe('concurrent changes and mute-alls, in any order of their requests', () => {
  it('leave Chime and the records in agreement, and a later mute-all mutes everyone', async () => {
    const random = randomFrom(7);
    for (let round = 0; round < 6; round++) {
      const { name, host, may } = await hall();
      latency.plan(Array.from({ length: 60 }, () => [0, 0, 1, 3, 12][Math.floor(random() * 5)] ?? 0));
      const asked = [
        host.capabilities('pia', FULL),
        as(name, 'pol').capabilities('pia', UNSEEN),
        host.muteAll(),
        host.capabilities('pol', SILENT),
        as(name, 'ida', 'host').muteAll(),
      ];
      await Promise.all(asked.map((one) => one.catch(() => {})));
      latency.plan([]);
      for (let press = 0; press < 2; press++)
        await as(name, 'ida', 'host')
          .muteAll()
          .catch(() => {});
      expect([round, await stageFaults(world, name)]).toEqual([round, []]);
      for (const who of ['pia', 'pol', 'vic', 'the-host'])
        expect([round, who, ['Receive', 'None'].includes(may(who)?.Audio ?? '')]).toEqual([round, who, true]);
    }
  }, 120_000);
});

function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}
