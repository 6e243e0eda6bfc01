import { admit, openMeeting } from '../builders.ts';
import { broken, GUID_CONSTRAINT, refusalOf, UNKNOWN } from '../refusals.ts';
import { useChime } from '../support.ts';

describe('DeleteAttendee', () => {
  const world = useChime();
  const someone = async () => {
    const { MeetingId } = await openMeeting(world.chime);
    const { AttendeeId } = await admit(world.chime, { MeetingId });
    return { MeetingId, AttendeeId };
  };

  describe('serialisation', () => {
    it('answers 204 with an empty body', async () => {
      const { $metadata, ...body } = await world.chime.deleteAttendee(await someone());
      expect($metadata.httpStatusCode).toBe(204);
      expect(body).toEqual({});
    });
  });

  describe('validation', () => {
    it.each([
      [{ MeetingId: 'nonsense' }, 'meetingId'],
      [{ AttendeeId: 'nonsense' }, 'attendeeId'],
    ])('refuses %j', async (more, at) => {
      const asked = { MeetingId: UNKNOWN, AttendeeId: UNKNOWN, ...more };
      expect(await refusalOf(world.chime.deleteAttendee(asked))).toEqual(broken(at, GUID_CONSTRAINT));
    });
  });

  describe('behaviour', () => {
    it('makes the attendee unknown', async () => {
      const who = await someone();
      await world.chime.deleteAttendee(who);
      expect(await refusalOf(world.chime.getAttendee(who))).toMatchObject({ name: 'NotFoundException' });
      expect((await world.chime.listAttendees(who)).Attendees).toEqual([]);
    });

    it('answers 404 for a second deletion of one attendee', async () => {
      const who = await someone();
      await world.chime.deleteAttendee(who);
      expect(await refusalOf(world.chime.deleteAttendee(who))).toMatchObject({ name: 'NotFoundException' });
    });

    it('frees a seat in a full meeting', async () => {
      const meeting = await openMeeting(world.chime, { MeetingFeatures: { Attendee: { MaxCount: 1 } } });
      const { MeetingId } = meeting;
      const { AttendeeId } = await admit(world.chime, meeting, 'first');
      await world.chime.deleteAttendee({ MeetingId, AttendeeId });
      expect(await admit(world.chime, meeting, 'second')).toMatchObject({ ExternalUserId: 'second' });
    });
  });
});
