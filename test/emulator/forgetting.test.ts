import type { LoggedEvent } from '../../emulator/state/event-log.ts';
import { admit, meetingInput, openMeeting } from './builders.ts';
import { advance, outOfBand } from './out-of-band.ts';
import { refusalOf } from './refusals.ts';
import { useEmulator } from './support.ts';

const MINUTE = 60_000;

describe('meetings that ended, with forgetEndedAfterMs', () => {
  const world = useEmulator({ forgetEndedAfterMs: MINUTE, ratePerSecond: 1000, burst: 1000 });
  const remembered = async () => {
    const { body } = await outOfBand(world.emulator, 'GET meetings');
    return body.map(({ meetingId }: { meetingId: string }) => meetingId);
  };

  it('are remembered for the given time, and then forgotten with their events', async () => {
    const ended = await openMeeting(world.chime);
    const live = await openMeeting(world.chime);
    await admit(world.chime, ended);
    await world.chime.deleteMeeting(ended);
    await advance(world.emulator, MINUTE - 5000);
    expect(await remembered()).toEqual([ended.MeetingId, live.MeetingId]);
    expect(await refusalOf(admit(world.chime, ended))).toMatchObject({ message: 'The meeting has ended' });
    await advance(world.emulator, 5000);
    expect(await remembered()).toEqual([live.MeetingId]);
    expect(await refusalOf(admit(world.chime, ended))).toMatchObject({
      message: `Meeting ${ended.MeetingId} not found`,
    });
    const { body: events } = await outOfBand(world.emulator, 'GET events');
    expect(events.map(({ event }: LoggedEvent) => event.detail.meetingId)).toEqual([live.MeetingId]);
  });

  it('give their request tokens free once they are forgotten', async () => {
    const input = meetingInput();
    const first = await world.chime.createMeeting(input);
    await world.chime.deleteMeeting({ MeetingId: first.Meeting?.MeetingId });
    await advance(world.emulator, MINUTE);
    const second = await world.chime.createMeeting(input);
    expect(second.Meeting?.MeetingId).not.toBe(first.Meeting?.MeetingId);
  });

  it('keep the numbering of events, and reading events after a forgotten number still works', async () => {
    const ended = await openMeeting(world.chime);
    await world.chime.deleteMeeting(ended);
    await advance(world.emulator, MINUTE);
    await openMeeting(world.chime);
    const numbersSince = async (since: number) =>
      (await outOfBand(world.emulator, `GET events?since=${since}`)).body.map(
        ({ sequence }: LoggedEvent) => sequence,
      );
    expect(await Promise.all([0, 2, 3].map(numbersSince))).toEqual([[3], [3], []]);
  });

  it('are kept as replicas until their primary has ended', async () => {
    const primary = await openMeeting(world.chime);
    await world.chime.deleteMeeting(await openMeeting(world.chime, { PrimaryMeetingId: primary.MeetingId }));
    await advance(world.emulator, 2 * MINUTE);
    expect(await remembered()).toHaveLength(2);
    await world.chime.deleteMeeting(primary);
    await advance(world.emulator, MINUTE);
    expect(await remembered()).toEqual([]);
  });
});

describe('meetings that ended, by default', () => {
  const world = useEmulator();

  it('are remembered with their events', async () => {
    const meeting = await openMeeting(world.chime);
    await world.chime.deleteMeeting(meeting);
    await advance(world.emulator, 1000 * MINUTE);
    expect(await refusalOf(admit(world.chime, meeting))).toMatchObject({ message: 'The meeting has ended' });
  });
});
