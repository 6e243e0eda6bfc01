import { participantKey } from '../../lib/store/keys.ts';
import type { Gate } from '../support/gate.ts';
import type { TestWorld } from '../support/local-world.ts';
import { refusalOf, uniqueMeetingId } from '../support/people.ts';
import { stageFaults } from '../support/stage/audit.ts';
import { killPrimary, onStageAtChime, startStage, strike } from '../support/stage/facts.ts';
import { type Latency, laggingWires } from '../support/stage/latency.ts';
import { audience, someone } from '../support/stage/people.ts';

let world: TestWorld;
let latency: Latency;
beforeAll(async () => {
  world = await startStage();
  latency = laggingWires();
});
afterAll(() => world.close());

/** A meeting with vic in a seat. */
async function hall() {
  const name = uniqueMeetingId();
  const { host } = await audience(name, ['vic', 'other']);
  return { name, host, vic: someone(name, 'vic') };
}

/** Chime creates the next attendee, and its response waits for the gate. */
const holdAttendee = (): Gate => latency.hold({ operation: 'CreateAttendee', at: 'answer' });

/** The next request that changes a person's record waits for the gate. */
const holdChange = (name: string, who: string): Gate =>
  latency.hold({ operation: 'UpdateItem', item: participantKey(name, who), at: 'request' });

describe('a promotion that is under way', () => {
  it.each([
    ['they leave', 'leave'],
    ['a host removes them', 'remove'],
    ['a host bans them', 'ban'],
  ] as const)('comes to nothing when %s meanwhile', async (_, what) => {
    const { name, host, vic } = await hall();
    const made = holdAttendee();
    const granting = refusalOf(host.promote('vic'));
    await made.reached;
    if (what === 'leave') await vic.leave();
    else await host.remove('vic', { ban: what === 'ban' });
    made.open();
    expect(await granting).toBe('NOT_JOINED');
    expect(onStageAtChime(world, name)).toEqual(['the-host']);
    expect(await stageFaults(world, name)).toEqual([]);
  });

  it('has no effect when the meeting is ended meanwhile', async () => {
    const { host } = await hall();
    const made = holdAttendee();
    const granting = refusalOf(host.promote('vic'));
    await made.reached;
    await host.end();
    made.open();
    expect(await granting).toBe('MEETING_ENDED');
  });
});

describe('a person whose CreateAttendee call had an indeterminate result', () => {
  it.each(['timeout-before', 'timeout-after'] as const)('is removed completely (%s)', async (fault) => {
    const { name, host } = await hall();
    strike(world, 'CreateAttendee', { fault });
    strike(world, 'ListAttendees', { fault: 'error-500', times: 3 });
    expect(await refusalOf(host.promote('vic'))).toBe('UPSTREAM_UNAVAILABLE');
    await host.remove('vic');
    expect(onStageAtChime(world, name)).toEqual(['the-host']);
    expect(await stageFaults(world, name)).toEqual([]);
  });

  it('gets one attendee by a retry', async () => {
    const { name, host } = await hall();
    strike(world, 'CreateAttendee', { fault: 'timeout-after' });
    strike(world, 'ListAttendees', { fault: 'error-500', times: 3 });
    expect(await refusalOf(host.promote('vic'))).toBe('UPSTREAM_UNAVAILABLE');
    expect((await host.promote('vic')).status).toBe(200);
    expect(onStageAtChime(world, name)).toEqual(['the-host', 'vic']);
    expect(await stageFaults(world, name)).toEqual([]);
  });
});

describe('a ban', () => {
  it('holds for a person who enters the next epoch while it is being written', async () => {
    const { name, host } = await hall();
    const ida = someone(name, 'ida', { role: 'host' });
    await killPrimary(world, name);
    const gate = holdChange(name, 'vic');
    const banning = host.remove('vic', { ban: true });
    await gate.reached;
    expect((await ida.seat()).epoch).toBe(2);
    expect((await someone(name, 'vic').seat()).epoch).toBe(2);
    gate.open();
    await banning;
    expect(await stageFaults(world, name)).toEqual([]);
    expect(await refusalOf(someone(name, 'vic').join())).toBe('BANNED');
  });

  it('revokes all credentials of a person who joins as a presenter meanwhile', async () => {
    const { name, host } = await hall();
    const made = holdAttendee();
    const joining = refusalOf(someone(name, 'pia', { role: 'presenter' }).seat());
    await made.reached;
    await host.remove('pia', { ban: true });
    made.open();
    expect(await joining).toBe('BANNED');
    expect(onStageAtChime(world, name)).toEqual(['the-host']);
    expect(await stageFaults(world, name)).toEqual([]);
  });
});

describe('a demotion that read an ended promotion', () => {
  it('does not end the next promotion', async () => {
    const { name, host } = await hall();
    await host.promote('vic');
    const gate = holdChange(name, 'vic');
    const demoting = someone(name, 'pia', { role: 'presenter' }).demote('vic');
    await gate.reached;
    await host.demote('vic');
    await host.promote('vic');
    gate.open();
    await demoting;
    expect(await stageFaults(world, name)).toEqual([]);
    expect(onStageAtChime(world, name)).toEqual(['the-host', 'vic']);
  });
});
