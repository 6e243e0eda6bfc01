import { meetingInput, openMeeting } from '../builders.ts';
import { broken, GUID_CONSTRAINT, refusalOf, UNKNOWN } from '../refusals.ts';
import { useChime } from '../support.ts';

describe('GetMeeting', () => {
  const world = useChime();
  const get = (MeetingId: string) => world.chime.getMeeting({ MeetingId });

  describe('serialisation', () => {
    it('answers 200 with the response of CreateMeeting', async () => {
      const { Meeting } = await world.chime.createMeeting(meetingInput());
      const answer = await get(Meeting?.MeetingId ?? '');
      expect(answer.$metadata.httpStatusCode).toBe(200);
      expect(answer.Meeting).toEqual(Meeting);
    });
  });

  describe('validation', () => {
    it.each(['nonsense', 'a/b c'])('refuses the MeetingId %j', async (MeetingId) => {
      expect(await refusalOf(get(MeetingId))).toEqual(broken('meetingId', GUID_CONSTRAINT));
    });
  });

  describe('behaviour', () => {
    it('answers 404 for a meeting that never existed', async () => {
      expect(await refusalOf(get(UNKNOWN))).toEqual({
        name: 'NotFoundException',
        message: `Meeting ${UNKNOWN} not found`,
        status: 404,
      });
    });

    it('answers 404 for a deleted meeting', async () => {
      const { MeetingId } = await openMeeting(world.chime);
      await world.chime.deleteMeeting({ MeetingId });
      expect(await refusalOf(get(MeetingId))).toMatchObject({ name: 'NotFoundException', status: 404 });
    });
  });
});
