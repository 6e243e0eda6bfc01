import type { TestWorld } from '../support/local-world.ts';
import { refusalOf, uniqueMeetingId } from '../support/people.ts';
import { isGood, killPrimary, onStageAtChime, startStage, strike } from '../support/stage/facts.ts';
import { audience, credentialOf, someone } from '../support/stage/people.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await startStage();
});
afterAll(() => world.close());

/** A name whose viewer vic is in a seat and on stage, and both their credentials. */
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

describe('removing somebody', () => {
  it('is refused in a meeting that nobody knows', async () => {
    const stranger = someone(uniqueMeetingId(), 'ida', { role: 'host' });
    expect(await refusalOf(stranger.remove('vic'))).toBe('MEETING_NOT_FOUND');
    expect(await refusalOf(stranger.remove('vic', { ban: true }))).toBe('MEETING_NOT_FOUND');
  });

  it('lowers their hand, banned or not', async () => {
    const name = uniqueMeetingId();
    const { host } = await audience(name, ['vic', 'ann', 'bob']);
    for (const viewer of ['vic', 'ann', 'bob']) await someone(name, viewer).raise();
    await host.remove('vic');
    await host.remove('ann', { ban: true });
    const { hands } = (await host.hands()).body as { hands: { externalUserId: string }[] };
    expect(hands.map(({ externalUserId }) => externalUserId)).toEqual(['bob']);
    expect((await host.bans()).body).toMatchObject({ bans: [{ externalUserId: 'ann' }] });
  });

  it('deletes their attendees in the primary and in the replica at once', async () => {
    const { name, host, vic, areGood } = await promoted();
    expect(areGood()).toEqual([true, true]);
    expect((await host.remove('vic')).status).toBe(204);
    expect(areGood()).toEqual([false, false]);
    expect(onStageAtChime(world, name)).toEqual(['the-host']);
    expect(await refusalOf(vic.promotion())).toBe('NOT_PROMOTED');
    expect(await refusalOf(host.see('vic'))).toBe('NOT_JOINED');
  });

  it('counts their seat as free, once, however often it is repeated', async () => {
    const { host } = await promoted();
    expect(await viewersOf(host)).toBe(2);
    for (let time = 0; time < 3; time++) await host.remove('vic');
    expect(await viewersOf(host)).toBe(1);
  });

  it('counts the seat of somebody once who had left it', async () => {
    const { host, vic, areGood } = await promoted();
    await vic.leave();
    expect(areGood()).toEqual([true, false]);
    await host.remove('vic');
    expect(areGood()).toEqual([false, false]);
    expect(await viewersOf(host)).toBe(1);
  });

  it('takes presenters and other hosts off the stage, too', async () => {
    const { name, host } = await promoted();
    await someone(name, 'pia', { role: 'presenter' }).seat();
    await someone(name, 'ida', { role: 'host' }).seat();
    await host.remove('pia');
    await host.remove('ida');
    expect(onStageAtChime(world, name)).toEqual(['the-host', 'vic']);
  });

  it('is no fault for who never came, or when the meeting is ended', async () => {
    const { host } = await promoted();
    expect((await host.remove('a-stranger')).status).toBe(204);
    await host.end();
    expect((await host.remove('vic')).status).toBe(204);
  });

  it('lets them come back, in a new seat', async () => {
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

describe('removing somebody while Chime fails', () => {
  it('goes through when only the answers were lost', async () => {
    const { host, areGood } = await promoted();
    strike(world, 'DeleteAttendee', { fault: 'timeout-after', times: 2 });
    expect((await host.remove('vic')).status).toBe(204);
    expect(areGood()).toEqual([false, false]);
  });

  it.each([3, 6])('says so after %d failures, and is finished by repeating it', async (times) => {
    const { host, areGood } = await promoted();
    strike(world, 'DeleteAttendee', { fault: 'error-500', times });
    expect(await refusalOf(host.remove('vic'))).toBe('UPSTREAM_UNAVAILABLE');
    let answer = await host.remove('vic').catch((refusal) => refusal);
    if (answer.status !== 204) answer = await host.remove('vic');
    expect(answer.status).toBe(204);
    expect(areGood()).toEqual([false, false]);
    expect(await viewersOf(host)).toBe(1);
  });

  it('is finished, though they came back meanwhile, and puts them out of the new seat, too', async () => {
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

  it('goes through when the primary is dead', async () => {
    const { name, host, areGood } = await promoted();
    await killPrimary(world, name);
    expect((await host.remove('vic')).status).toBe(204);
    expect(areGood()).toEqual([false, false]);
  });
});
