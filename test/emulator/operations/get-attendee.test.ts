import { admit, openMeeting } from '../builders.ts';
import { broken, GUID_CONSTRAINT, refusalOf, UNKNOWN } from '../refusals.ts';
import { useChime } from '../support.ts';

describe('GetAttendee', () => {
  const world = useChime();

  describe('serialisation', () => {
    it('answers 200 with the response of CreateAttendee, the token included', async () => {
      const meeting = await openMeeting(world.chime);
      const attendee = await admit(world.chime, meeting);
      const answer = await world.chime.getAttendee({ ...meeting, ...attendee });
      expect(answer.$metadata.httpStatusCode).toBe(200);
      expect(answer.Attendee).toEqual(attendee);
    });
  });

  describe('validation', () => {
    it.each([
      [{ MeetingId: 'nonsense' }, 'meetingId'],
      [{ AttendeeId: 'nonsense' }, 'attendeeId'],
    ])('refuses %j', async (more, at) => {
      const asked = { MeetingId: UNKNOWN, AttendeeId: UNKNOWN, ...more };
      expect(await refusalOf(world.chime.getAttendee(asked))).toEqual(broken(at, GUID_CONSTRAINT));
    });
  });

  describe('behaviour', () => {
    it('answers 404 for an attendee that never existed', async () => {
      const { MeetingId } = await openMeeting(world.chime);
      expect(await refusalOf(world.chime.getAttendee({ MeetingId, AttendeeId: UNKNOWN }))).toMatchObject({
        name: 'NotFoundException',
        status: 404,
      });
    });

    it('answers 404 for an attendee of another meeting', async () => {
      const { AttendeeId } = await admit(world.chime, await openMeeting(world.chime));
      const { MeetingId } = await openMeeting(world.chime);
      expect(await refusalOf(world.chime.getAttendee({ MeetingId, AttendeeId }))).toMatchObject({
        name: 'NotFoundException',
      });
    });
  });
});
