import { deleteMeeting } from '../../lib/chime/meetings.ts';
import { onSchedule } from '../../lib/events/schedule.ts';
import { reconcile } from '../../lib/flows/reconcile/run.ts';
import { deployed } from '../../lib/http.ts';
import type { TestWorld } from '../support/local-world.ts';
import { uniqueMeetingId } from '../support/people.ts';
import { clock } from '../support/skipping-clock.ts';
import { killPrimary, livePrimary, startStage } from '../support/stage/facts.ts';
import { audience, someone } from '../support/stage/people.ts';
import { deliver, hear, topologyOf } from './support.ts';

const inTurn = async () => 'permitted' as const;
let world: TestWorld;
let heard: object[];
beforeAll(async () => {
  world = await startStage({ TOPOLOGY_CACHE_MS: '0' });
  heard = hear(world);
});
afterAll(() => world.close());

/** A meeting with a host on stage and a viewer in a replica, and no event under way. */
async function hall() {
  const name = uniqueMeetingId();
  const { host } = await audience(name, ['vic']);
  heard.splice(0);
  const vic = someone(name, 'vic');
  const join = () => vic.seat({ mediaRegion: 'us-east-1' });
  return { name, host, join };
}

const epochOf = async (name: string) => (await topologyOf(name)).epoch;

describe('a primary that ended', () => {
  it('begins the next epoch once, for any number of events', async () => {
    const { name } = await hall();
    await killPrimary(world, name);
    const ended = heard.splice(0);
    expect(ended).toHaveLength(2);
    await deliver([...ended, ...ended]);
    await deliver([...ended, ...ended]);
    expect(await topologyOf(name)).toMatchObject({ epoch: 2, status: 'scheduled', replicas: [] });
  });

  it('does not affect the next primary, when its event is late', async () => {
    const { name, host } = await hall();
    await killPrimary(world, name);
    const ended = heard.splice(0);
    await deliver(ended);
    const { Meeting } = await host.seat();
    await deliver(ended);
    expect(await topologyOf(name)).toMatchObject({
      epoch: 2,
      status: 'live',
      primary: { Meeting: { MeetingId: Meeting.MeetingId } },
    });
    expect((await host.seat()).Meeting.MeetingId).toBe(Meeting.MeetingId);
  });

  it('lets its people in again, in the next epoch', async () => {
    const { name, host, join } = await hall();
    const before = await join();
    await killPrimary(world, name);
    await deliver(heard.splice(0));
    await host.seat();
    const { epoch, Meeting } = await join();
    expect([epoch, Meeting.PrimaryMeetingId]).toEqual([2, livePrimary(world, name)?.meetingId]);
    expect(Meeting.MeetingId).not.toBe(before.Meeting.MeetingId);
  });

  it('does not reopen a name that a host has ended', async () => {
    const { name, host } = await hall();
    await host.end();
    expect(await deliver(heard.splice(0))).toEqual([]);
    expect(await topologyOf(name)).toMatchObject({ epoch: 1, status: 'ended' });
  });

  it('is found by the reconciler without an event', async () => {
    const { name } = await hall();
    await killPrimary(world, name);
    const deps = { ...deployed, now: () => clock.now() + 120_000, write: () => {} };
    const context = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 60_000 };
    await onSchedule(reconcile, deps)({}, context);
    expect(await topologyOf(name)).toMatchObject({ epoch: 2, status: 'scheduled' });
  });
});

describe('a replica that ended alone', () => {
  it('is retired once, and the epoch goes on', async () => {
    const { name, join } = await hall();
    await deleteMeeting(inTurn, (await join()).Meeting.MeetingId);
    const ended = heard.splice(0);
    await deliver([...ended, ...ended]);
    expect(await topologyOf(name)).toMatchObject({
      epoch: 1,
      status: 'live',
      replicas: [],
    });
  });

  it('lets its viewers find another seat', async () => {
    const { name, join } = await hall();
    const before = await join();
    await deleteMeeting(inTurn, before.Meeting.MeetingId);
    await deliver(heard.splice(0));
    const after = await join();
    expect([after.epoch, after.placement.ordinal]).toEqual([1, 1]);
    expect(after.Meeting.PrimaryMeetingId).toBe(livePrimary(world, name)?.meetingId);
    expect(await join()).toMatchObject({ Attendee: after.Attendee });
  });

  it('is not affected by a late event about it', async () => {
    const { name, join } = await hall();
    await deleteMeeting(inTurn, (await join()).Meeting.MeetingId);
    const ended = heard.splice(0);
    await deliver(ended);
    await join();
    await deliver(ended);
    expect((await topologyOf(name)).replicas).toMatchObject([{ ordinal: 1, state: 'open' }]);
    expect(await epochOf(name)).toBe(1);
  });
});
