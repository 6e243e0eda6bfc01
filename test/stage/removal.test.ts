import type { TestWorld } from '../support/local-world.ts';
import { refusalOf, uniqueMeetingId } from '../support/people.ts';
import { isGood, killPrimary, onStageAtChime, startStage, strike } from '../support/stage/facts.ts';
import { audience, credentialOf, someone } from '../support/stage/people.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await startStage();
});
afterAll(() => world.close());

/** A meeting whose viewer vic is in a seat and on stage, and the credentials of both. */
async function promoted() {
  const name = uniqueMeetingId();
  const { host } = await audience(name, ['vic', 'other']);
  const vic = someone(name, 'vic');
  const { Meeting, Attendee } = await vic.seat();
  await host.promote('vic');
  const onStage = await credentialOf(vic);
  const credentials = [
    { meetingId: Meeting.MeetingId, attendeeId: Attendee.AttendeeId },
    { meetingId: onStage.primaryMeetingId, attendeeId: onStage.Attendee.AttendeeId },
  ];
  const areGood = () => credentials.map((credential) => isGood(world, credential));
  return { name, host, vic, areGood };
}

type Host = Awaited<ReturnType<typeof promoted>>['host'];
const viewersOf = async (host: Host) => ((await host.get()).body as { viewers: number }).viewers;

describe('removing a person', () => {
  it('is refused in an unknown meeting', async () => {
    const stranger = someone(uniqueMeetingId(), 'ida', { role: 'host' });
    expect(await refusalOf(stranger.remove('vic'))).toBe('MEETING_NOT_FOUND');
    expect(await refusalOf(stranger.remove('vic', { ban: true }))).toBe('MEETING_NOT_FOUND');
  });

  it('lowers the person’s hand, with or without a ban', async () => {
    const name = uniqueMeetingId();
    const { host } = await audience(name, ['vic', 'ann', 'bob']);
    for (const viewer of ['vic', 'ann', 'bob']) await someone(name, viewer).raise();
    await host.remove('vic');
    await host.remove('ann', { ban: true });
    const { hands } = (await host.hands()).body as { hands: { externalUserId: string }[] };
    expect(hands.map(({ externalUserId }) => externalUserId)).toEqual(['bob']);
    expect((await host.bans()).body).toMatchObject({ bans: [{ externalUserId: 'ann' }] });
  });

  it('deletes the person’s attendees in the primary and in the replica at once', async () => {
    const { name, host, vic, areGood } = await promoted();
    expect(areGood()).toEqual([true, true]);
    expect((await host.remove('vic')).status).toBe(204);
    expect(areGood()).toEqual([false, false]);
    expect(onStageAtChime(world, name)).toEqual(['the-host']);
    expect(await refusalOf(vic.promotion())).toBe('NOT_PROMOTED');
    expect(await refusalOf(host.see('vic'))).toBe('NOT_JOINED');
  });

  it('counts the seat as free once, for any number of retries', async () => {
    const { host } = await promoted();
    expect(await viewersOf(host)).toBe(2);
    for (let time = 0; time < 3; time++) await host.remove('vic');
    expect(await viewersOf(host)).toBe(1);
  });

  it('counts the seat of a person who had left it once', async () => {
    const { host, vic, areGood } = await promoted();
    await vic.leave();
    expect(areGood()).toEqual([true, false]);
    await host.remove('vic');
    expect(areGood()).toEqual([false, false]);
    expect(await viewersOf(host)).toBe(1);
  });

  it('removes presenters and other hosts from the stage, too', async () => {
    const { name, host } = await promoted();
    await someone(name, 'pia', { role: 'presenter' }).seat();
    await someone(name, 'ida', { role: 'host' }).seat();
    await host.remove('pia');
    await host.remove('ida');
    expect(onStageAtChime(world, name)).toEqual(['the-host', 'vic']);
  });

  it('succeeds for a person who never came, and in an ended meeting', async () => {
    const { host } = await promoted();
    expect((await host.remove('a-stranger')).status).toBe(204);
    await host.end();
    expect((await host.remove('vic')).status).toBe(204);
  });

  it('lets the person come back, in a new seat', async () => {
    const { host, vic, areGood } = await promoted();
    const before = await vic.seat();
    await host.remove('vic');
    const after = await vic.seat();
    expect(after.Attendee.AttendeeId).not.toBe(before.Attendee.AttendeeId);
    expect(after.Attendee.JoinToken).not.toBe(before.Attendee.JoinToken);
    expect(areGood()).toEqual([false, false]);
    expect(await viewersOf(host)).toBe(2);
  });
});

describe('removing a person while Chime fails', () => {
  it('succeeds when only the responses were lost', async () => {
    const { host, areGood } = await promoted();
    strike(world, 'DeleteAttendee', { fault: 'timeout-after', times: 2 });
    expect((await host.remove('vic')).status).toBe(204);
    expect(areGood()).toEqual([false, false]);
  });

  it.each([3, 6])('reports the failure after %d faults, and a retry finishes it', async (times) => {
    const { host, areGood } = await promoted();
    strike(world, 'DeleteAttendee', { fault: 'error-500', times });
    expect(await refusalOf(host.remove('vic'))).toBe('UPSTREAM_UNAVAILABLE');
    let answer = await host.remove('vic').catch((refusal) => refusal);
    if (answer.status !== 204) answer = await host.remove('vic');
    expect(answer.status).toBe(204);
    expect(areGood()).toEqual([false, false]);
    expect(await viewersOf(host)).toBe(1);
  });

  it('is finished by a retry though the person came back meanwhile, and removes the new seat, too', async () => {
    const { host, vic, areGood } = await promoted();
    await vic.demote('vic');
    strike(world, 'DeleteAttendee', { fault: 'error-500', times: 3 });
    expect(await refusalOf(host.remove('vic'))).toBe('UPSTREAM_UNAVAILABLE');
    const { Meeting, Attendee } = await vic.seat();
    const newSeat = { meetingId: Meeting.MeetingId, attendeeId: Attendee.AttendeeId };
    expect(isGood(world, newSeat)).toBe(true);
    await host.remove('vic');
    expect([...areGood(), isGood(world, newSeat)]).toEqual([false, false, false]);
    expect(await viewersOf(host)).toBe(1);
  });

  it('succeeds when the primary is dead', async () => {
    const { name, host, areGood } = await promoted();
    await killPrimary(world, name);
    expect((await host.remove('vic')).status).toBe(204);
    expect(areGood()).toEqual([false, false]);
  });
});
