import { readLeftovers } from '../../../lib/store/leftovers.ts';
import { useSweptWorld } from '../../reconcile/support.ts';
import { aGate } from '../../support/gate.ts';
import { refusalOf, uniqueMeetingId } from '../../support/people.ts';
import { LEASE_IS_OVER_MS } from '../support.ts';

const world = useSweptWorld();
const { chime } = world;
const ada = (name: string, options = {}) => world.person(name, 'ada', { role: 'presenter', ...options });
const leftoversOf = (externalMeetingId: string) => readLeftovers({ externalMeetingId });

/** Chime opened a primary for a presenter, whose request never got the response. */
async function withUnheardPrimary(): Promise<string> {
  const name = uniqueMeetingId();
  await world.host(name).create();
  chime.strike('CreateMeetingWithAttendees', 'timeout-after', 3);
  expect((await ada(name).join()).status).toBe(202);
  return name;
}

describe('the reconciler, before it deletes the leftover of an opening whose lease expired', () => {
  it('begins the next epoch, so that a presenter who comes back gets another meeting', async () => {
    const name = await withUnheardPrimary();
    const [old] = chime.live(name);
    chime.strike('DeleteMeeting', 'error-500', 3);
    await world.reconcileLater(LEASE_IS_OVER_MS);
    expect(await world.topologyOf(name)).toMatchObject({ epoch: 2, status: 'scheduled' });
    expect(await leftoversOf(name)).toMatchObject([{ epoch: 1, place: 'primary' }]);
    const seat = await world.persist(ada(name).join);
    expect(seat.Meeting.MeetingId).not.toBe(old?.meetingId);
    await world.reconcileLater();
    expect(chime.live(name).map(({ meetingId }) => meetingId)).toEqual([seat.Meeting.MeetingId]);
    expect(await leftoversOf(name)).toEqual([]);
  });

  it('deletes it where a presenter opens the next epoch between its write and its deletion', async () => {
    const name = await withUnheardPrimary();
    world.pass(LEASE_IS_OVER_MS);
    const gate = aGate();
    const reconciling = world.reconcileNow({ pause: gate.pause });
    await gate.reached;
    gate.open();
    const seat = await world.persist(ada(name).join);
    await reconciling;
    await world.reconcileLater();
    expect(chime.live(name).map(({ meetingId }) => meetingId)).toEqual([seat.Meeting.MeetingId]);
  });
});

describe('the leftover of an ended meeting that was being opened', () => {
  it('delays neither the end nor the next opening', async () => {
    const name = await withUnheardPrimary();
    chime.strike('CreateMeetingWithAttendees', 'error-500', 9);
    expect((await world.host(name).end()).status).toBe(204);
    expect((await world.host(name).create()).status).toBe(200);
    chime.world.emulator.state.faults = [];
    const seat = await world.persist(ada(name).join);
    await world.reconcileLater();
    expect(chime.live(name).map(({ meetingId }) => meetingId)).toEqual([seat.Meeting.MeetingId]);
    expect(await leftoversOf(name)).toEqual([]);
  });

  it('is kept until the lease of its claim is over on every clock, because its opener may still work', async () => {
    chime.chimeWill({ tokenAfterEnd: 'new-meeting' });
    const name = uniqueMeetingId();
    await world.host(name).create();
    const gate = aGate();
    const opening = ada(name, { pause: gate.pause }).join();
    await gate.reached;
    await world.host(name).end();
    expect(await leftoversOf(name)).toHaveLength(1);
    gate.open();
    expect(await refusalOf(opening)).toBe('MEETING_ENDED');
    world.pass(LEASE_IS_OVER_MS + 6000);
    await world.reconcileLater();
    expect(chime.live(name)).toHaveLength(0);
    expect(await leftoversOf(name)).toEqual([]);
  });
});

describe('a leftover whose request never reached Chime', () => {
  it('is created by the look-up, and deleted although Chime does not find it at first', async () => {
    const name = uniqueMeetingId();
    await world.host(name).create();
    chime.strike('CreateMeetingWithAttendees', 'timeout-before', 3);
    await ada(name).join();
    chime.strike('CreateMeetingWithAttendees', 'error-500', 3);
    await world.reconcileLater(LEASE_IS_OVER_MS);
    chime.chimeWill({ freshMeetingNotFoundMs: 3_600_000 });
    await world.reconcileLater();
    expect(chime.live(name)).toHaveLength(1);
    chime.chimeWill({ freshMeetingNotFoundMs: 0 });
    await world.reconcileLater();
    expect(chime.live(name)).toHaveLength(0);
    expect(await leftoversOf(name)).toEqual([]);
  });
});

describe('a leftover so fresh that Chime does not find it yet', () => {
  it('is deleted once Chime finds it', async () => {
    const name = uniqueMeetingId();
    await world.host(name).create();
    chime.strike('CreateMeetingWithAttendees', 'timeout-after', 3);
    await ada(name).join();
    chime.chimeWill({ freshMeetingNotFoundMs: 3_600_000 });
    await world.host(name).end();
    expect(chime.live(name)).toHaveLength(1);
    chime.chimeWill({ freshMeetingNotFoundMs: 0 });
    await world.reconcileLater();
    expect(chime.live(name)).toHaveLength(0);
  });
});
