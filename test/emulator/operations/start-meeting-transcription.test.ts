import { openMeeting } from '../builders.ts';
import { broken, NOT_NULL, oneOf, refusalOf, UNKNOWN } from '../refusals.ts';
import { useChime } from '../support.ts';

const ENGLISH = { EngineTranscribeSettings: { LanguageCode: 'en-US' } };
const MEDICAL = { LanguageCode: 'en-US', Specialty: 'CARDIOLOGY', Type: 'DICTATION' };

describe('StartMeetingTranscription', () => {
  const world = useChime();
  const start = async (configuration: object | undefined, more: object = {}) => {
    const { MeetingId } = await openMeeting(world.chime);
    const TranscriptionConfiguration = configuration as never;
    return world.chime.startMeetingTranscription({ MeetingId, TranscriptionConfiguration, ...more });
  };

  describe('serialisation', () => {
    it('answers 200 with an empty body', async () => {
      const { $metadata, ...body } = await start(ENGLISH);
      expect($metadata.httpStatusCode).toBe(200);
      expect(body).toEqual({});
    });
  });

  describe('validation', () => {
    it('refuses a request without a configuration', async () => {
      expect(await refusalOf(start(undefined))).toEqual(broken('transcriptionConfiguration', NOT_NULL));
    });

    it('refuses an unknown medical type', async () => {
      const EngineTranscribeMedicalSettings = { ...MEDICAL, Type: 'CHAT' };
      const at = 'transcriptionConfiguration.engineTranscribeMedicalSettings.type';
      expect(await refusalOf(start({ EngineTranscribeMedicalSettings }))).toEqual(
        broken(at, oneOf('CONVERSATION', 'DICTATION')),
      );
    });

    it.each([
      ['LanguageOptions with a space', { IdentifyLanguage: true, LanguageOptions: 'en-US, de-DE' }],
      ['PiiEntityTypes in lower case', { ...ENGLISH.EngineTranscribeSettings, PiiEntityTypes: 'name' }],
      ['a vocabulary name of 4097', { LanguageCode: 'en-US', VocabularyName: 'v'.repeat(4097) }],
    ])('refuses %s', async (_, EngineTranscribeSettings) => {
      expect(await refusalOf(start({ EngineTranscribeSettings }))).toMatchObject({
        name: 'ValidationException',
      });
    });

    it('accepts any name of a vocabulary and of a filter, because the model limits only their length', async () => {
      const names = { VocabularyName: 'Fach wörter', VocabularyFilterName: 'f'.repeat(201) };
      const answer = await start({ EngineTranscribeSettings: { LanguageCode: 'de-DE', ...names } });
      expect(answer.$metadata.httpStatusCode).toBe(200);
    });

    it('refuses a language that Transcribe does not support', async () => {
      const EngineTranscribeSettings = { LanguageCode: 'tlh' };
      expect(await refusalOf(start({ EngineTranscribeSettings }))).toMatchObject({
        name: 'ValidationException',
      });
    });
  });

  describe('behaviour', () => {
    it.each([
      ['no engine', {}],
      ['two engines', { ...ENGLISH, EngineTranscribeMedicalSettings: MEDICAL }],
    ])('refuses %s', async (_, configuration) => {
      expect(await refusalOf(start(configuration))).toMatchObject({
        name: 'BadRequestException',
        status: 400,
      });
    });

    it('accepts the identification of the language', async () => {
      const answer = await start({ EngineTranscribeSettings: { IdentifyLanguage: true } });
      expect(answer.$metadata.httpStatusCode).toBe(200);
    });

    it('answers 404 for a meeting that never existed', async () => {
      expect(await refusalOf(start(ENGLISH, { MeetingId: UNKNOWN }))).toMatchObject({
        name: 'NotFoundException',
      });
    });
  });
});
