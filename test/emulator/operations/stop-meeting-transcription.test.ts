import { openMeeting } from '../builders.ts';
import { broken, GUID_CONSTRAINT, refusalOf, UNKNOWN } from '../refusals.ts';
import { useChime } from '../support.ts';

describe('StopMeetingTranscription', () => {
  const world = useChime();

  describe('serialisation', () => {
    it('answers 200 with an empty body', async () => {
      const { MeetingId } = await openMeeting(world.chime);
      const TranscriptionConfiguration = { EngineTranscribeSettings: { LanguageCode: 'de-DE' as const } };
      await world.chime.startMeetingTranscription({ MeetingId, TranscriptionConfiguration });
      const { $metadata, ...body } = await world.chime.stopMeetingTranscription({ MeetingId });
      expect($metadata.httpStatusCode).toBe(200);
      expect(body).toEqual({});
    });
  });

  describe('validation', () => {
    it('refuses a MeetingId that is not a GUID', async () => {
      expect(await refusalOf(world.chime.stopMeetingTranscription({ MeetingId: 'nonsense' }))).toEqual(
        broken('meetingId', GUID_CONSTRAINT),
      );
    });
  });

  describe('behaviour', () => {
    it('answers 404 for a meeting that never existed', async () => {
      expect(await refusalOf(world.chime.stopMeetingTranscription({ MeetingId: UNKNOWN }))).toMatchObject({
        name: 'NotFoundException',
      });
    });
  });
});
