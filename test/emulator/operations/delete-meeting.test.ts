import { admit, openMeeting } from '../builders.ts';
import { broken, GUID_CONSTRAINT, refusalOf, UNKNOWN } from '../refusals.ts';
import { useChime } from '../support.ts';

describe('DeleteMeeting', () => {
  const world = useChime();
  const remove = (MeetingId: string) => world.chime.deleteMeeting({ MeetingId });

  describe('serialisation', () => {
    it('answers 204 with an empty body', async () => {
      const { $metadata, ...body } = await remove((await openMeeting(world.chime)).MeetingId);
      expect($metadata.httpStatusCode).toBe(204);
      expect(body).toEqual({});
    });
  });

  describe('validation', () => {
    it('refuses a MeetingId that is not a GUID', async () => {
      expect(await refusalOf(remove('nonsense'))).toEqual(broken('meetingId', GUID_CONSTRAINT));
    });
  });

  describe('behaviour', () => {
    it('answers 404 for a meeting that never existed', async () => {
      expect(await refusalOf(remove(UNKNOWN))).toMatchObject({ name: 'NotFoundException', status: 404 });
    });

    it('answers 404 for a second deletion of one meeting', async () => {
      const { MeetingId } = await openMeeting(world.chime);
      await remove(MeetingId);
      expect(await refusalOf(remove(MeetingId))).toMatchObject({ name: 'NotFoundException' });
    });

    it('admits no attendee afterwards', async () => {
      const meeting = await openMeeting(world.chime);
      await remove(meeting.MeetingId);
      expect(await refusalOf(admit(world.chime, meeting))).toEqual({
        name: 'NotFoundException',
        message: 'The meeting has ended',
        status: 404,
      });
    });

    it('deletes the replicas of a primary with it', async () => {
      const primary = await openMeeting(world.chime);
      const replica = await openMeeting(world.chime, { PrimaryMeetingId: primary.MeetingId });
      await remove(primary.MeetingId);
      expect(await refusalOf(world.chime.getMeeting(replica))).toMatchObject({ name: 'NotFoundException' });
    });

    it('does not affect the primary of a deleted replica', async () => {
      const primary = await openMeeting(world.chime);
      const replica = await openMeeting(world.chime, { PrimaryMeetingId: primary.MeetingId });
      await remove(replica.MeetingId);
      expect((await world.chime.getMeeting(primary)).Meeting).toEqual(primary);
    });
  });
});
