import type { LoggedEvent } from '../../emulator/state/event-log.ts';
import { admit, openMeeting } from './builders.ts';
import { advance, eventTypes, outOfBand, presence } from './out-of-band.ts';
import { refusalOf } from './refusals.ts';
import { useEmulator } from './support.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('a meeting', () => {
  const world = useEmulator();
  const facts = async (MeetingId: string) => {
    const { body } = await outOfBand(world.emulator, 'GET meetings');
    return body.find(({ meetingId }: { meetingId: string }) => meetingId === MeetingId);
  };
  const lifetimeOf = async (MeetingId: string) => {
    const { createdAt, endedAt } = await facts(MeetingId);
    return endedAt === null ? 'live' : endedAt - createdAt;
  };

  it('ends exactly five minutes after its creation if no attendee connects', async () => {
    const { MeetingId } = await openMeeting(world.chime);
    await advance(world.emulator, 4 * MINUTE);
    expect(await lifetimeOf(MeetingId)).toBe('live');
    await advance(world.emulator, HOUR);
    expect(await lifetimeOf(MeetingId)).toBe(5 * MINUTE);
  });

  it('ends although it has an attendee who never connected', async () => {
    const meeting = await openMeeting(world.chime);
    await admit(world.chime, meeting);
    await advance(world.emulator, 5 * MINUTE);
    expect(await lifetimeOf(meeting.MeetingId)).toBe(5 * MINUTE);
  });

  it('lives while an attendee is connected', async () => {
    const meeting = await openMeeting(world.chime);
    const attendee = await admit(world.chime, meeting);
    await presence(world.emulator, { ...meeting, ...attendee }, 'joined');
    await advance(world.emulator, 3 * HOUR);
    expect(await lifetimeOf(meeting.MeetingId)).toBe('live');
  });

  it.each(['left', 'dropped'] as const)('ends five minutes after its last attendee has %s', async (event) => {
    const meeting = await openMeeting(world.chime);
    const who = { ...meeting, ...(await admit(world.chime, meeting)) };
    await presence(world.emulator, who, 'joined');
    await advance(world.emulator, HOUR);
    await presence(world.emulator, who, event);
    await advance(world.emulator, 4 * MINUTE);
    expect(await lifetimeOf(meeting.MeetingId)).toBe('live');
    await advance(world.emulator, HOUR);
    expect(await lifetimeOf(meeting.MeetingId)).toBeGreaterThanOrEqual(HOUR + 5 * MINUTE);
    expect(await lifetimeOf(meeting.MeetingId)).toBeLessThan(HOUR + 6 * MINUTE);
  });

  it('starts the five minutes anew when an attendee connects again', async () => {
    const meeting = await openMeeting(world.chime);
    const who = { ...meeting, ...(await admit(world.chime, meeting)) };
    await presence(world.emulator, who, 'joined');
    await presence(world.emulator, who, 'left');
    await advance(world.emulator, 4 * MINUTE);
    await presence(world.emulator, who, 'joined');
    await presence(world.emulator, who, 'left');
    await advance(world.emulator, 4 * MINUTE);
    expect(await lifetimeOf(meeting.MeetingId)).toBe('live');
  });

  it('counts the deletion of the last connected attendee as a departure', async () => {
    const meeting = await openMeeting(world.chime);
    const who = { ...meeting, ...(await admit(world.chime, meeting)) };
    await presence(world.emulator, who, 'joined');
    await world.chime.deleteAttendee(who);
    await advance(world.emulator, 6 * MINUTE);
    expect(await lifetimeOf(meeting.MeetingId)).not.toBe('live');
  });

  it('ends at the age of 24 hours, with attendees connected', async () => {
    const meeting = await openMeeting(world.chime);
    await presence(world.emulator, { ...meeting, ...(await admit(world.chime, meeting)) }, 'joined');
    await advance(world.emulator, 25 * HOUR);
    expect(await lifetimeOf(meeting.MeetingId)).toBe(24 * HOUR);
  });

  it('ends at the age of 24 hours also within the five minutes after a departure', async () => {
    const meeting = await openMeeting(world.chime);
    const who = { ...meeting, ...(await admit(world.chime, meeting)) };
    await presence(world.emulator, who, 'joined');
    await advance(world.emulator, 24 * HOUR - MINUTE);
    await presence(world.emulator, who, 'left');
    await advance(world.emulator, HOUR);
    expect(await lifetimeOf(meeting.MeetingId)).toBe(24 * HOUR);
  });

  it('does not exist for any operation once it has ended', async () => {
    const meeting = await openMeeting(world.chime);
    const who = { ...meeting, ...(await admit(world.chime, meeting)) };
    await advance(world.emulator, 6 * MINUTE);
    for (const request of [
      world.chime.getMeeting(who),
      world.chime.getAttendee(who),
      world.chime.listAttendees(who),
      world.chime.deleteAttendee(who),
      admit(world.chime, meeting),
      world.chime.deleteMeeting(who),
    ]) {
      expect(await refusalOf(request)).toMatchObject({ name: 'NotFoundException', status: 404 });
    }
    const { status } = await presence(world.emulator, who, 'joined');
    expect(status).toBe(400);
  });

  it('ends in the order of the end times where several meetings end at once', async () => {
    const first = await openMeeting(world.chime, { ExternalMeetingId: 'first' });
    await advance(world.emulator, MINUTE);
    await openMeeting(world.chime, { ExternalMeetingId: 'second' });
    await presence(world.emulator, { ...first, ...(await admit(world.chime, first)) }, 'joined');
    await advance(world.emulator, 30 * HOUR);
    const { body } = await outOfBand(world.emulator, 'GET meetings');
    const [firstEnd, secondEnd] = body.map(({ endedAt }: { endedAt: number }) => endedAt);
    expect(secondEnd).toBeLessThan(firstEnd);
    const events: LoggedEvent[] = (await outOfBand(world.emulator, 'GET events')).body;
    const ended = events.filter(({ event }) => event.detail.eventType === 'chime:MeetingEnded');
    expect(ended.map(({ event }) => event.detail.timestamp)).toEqual([secondEnd, firstEnd]);
  });

  it('reports its start, its attendees and its end as events', async () => {
    const meeting = await openMeeting(world.chime);
    const who = { ...meeting, ...(await admit(world.chime, meeting)) };
    await presence(world.emulator, who, 'joined');
    await presence(world.emulator, who, 'joined');
    await presence(world.emulator, who, 'dropped');
    const Capabilities = { Audio: 'None', Video: 'None', Content: 'None' } as const;
    await world.chime.updateAttendeeCapabilities({ ...who, Capabilities });
    await world.chime.deleteAttendee(who);
    await world.chime.deleteMeeting(meeting);
    expect(await eventTypes(world.emulator)).toEqual([
      'chime:MeetingStarted',
      'chime:AttendeeAdded',
      'chime:AttendeeJoined',
      'chime:AttendeeAuthorized',
      'chime:AttendeeDropped',
      'chime:AttendeeCapabilitiesUpdated',
      'chime:AttendeeDeleted',
      'chime:MeetingEnded',
    ]);
  });
});
