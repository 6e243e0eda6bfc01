import { openMeeting } from '../builders.ts';
import { advance, outOfBand } from '../out-of-band.ts';
import { useEmulator } from '../support.ts';

const world = useEmulator();

/** What the events of failed transcriptions say, after a start with these settings. */
async function failuresAfter(EngineTranscribeSettings: object): Promise<Record<string, string>[]> {
  const { MeetingId } = await openMeeting(world.chime);
  const TranscriptionConfiguration = { EngineTranscribeSettings };
  const { $metadata } = await world.chime.startMeetingTranscription({
    MeetingId,
    TranscriptionConfiguration,
  });
  expect($metadata.httpStatusCode).toBe(200);
  await advance(world.emulator, 1000);
  const { body } = await outOfBand(world.emulator, 'GET events');
  const details: Record<string, string>[] = body.map(
    ({ event }: { event: { detail: object } }) => event.detail,
  );
  return details.filter(({ eventType }) => eventType === 'chime:TranscriptionFailed');
}

describe('a combination of transcription settings', () => {
  it.each([
    [{}, 'Either LanguageCode or IdentifyLanguage'],
    [{ LanguageCode: 'en-US', LanguageOptions: 'en-US,de-DE' }, 'LanguageOptions needs IdentifyLanguage'],
    [{ IdentifyLanguage: true, LanguageModelName: 'mine' }, 'LanguageModelName'],
    [{ IdentifyLanguage: true, ContentRedactionType: 'PII' }, 'ContentRedactionType'],
    [{ IdentifyLanguage: true, LanguageOptions: 'en-US' }, 'two or more languages'],
    [{ IdentifyLanguage: true, LanguageOptions: 'en-US,en-AU' }, 'two dialects'],
    [{ IdentifyLanguage: true, PreferredLanguage: 'en-US' }, 'PreferredLanguage needs'],
    [{ IdentifyLanguage: true, VocabularyName: 'mine' }, 'VocabularyNames'],
    [{ LanguageCode: 'en-US', VocabularyFilterNames: 'a,b' }, 'VocabularyFilterName are used'],
    [
      { LanguageCode: 'en-US', ContentIdentificationType: 'PII', ContentRedactionType: 'PII' },
      'exclude each other',
    ],
    [{ LanguageCode: 'en-US', PiiEntityTypes: 'NAME' }, 'PiiEntityTypes needs'],
  ])('%j is answered with 200, and an event reports the failure', async (settings, why) => {
    const [failure, ...more] = await failuresAfter(settings);
    expect(more).toEqual([]);
    expect(failure?.message).toContain(why);
    expect(JSON.parse(failure?.transcriptionConfiguration ?? '')).toEqual({
      EngineTranscribeSettings: settings,
    });
  });

  it.each([
    {
      LanguageCode: 'en-US',
      VocabularyName: 'mine',
      ContentRedactionType: 'PII',
      PiiEntityTypes: 'NAME, SSN',
    },
    {
      IdentifyLanguage: true,
      LanguageOptions: 'en-US,de-DE',
      PreferredLanguage: 'de-DE',
      VocabularyNames: 'a,b',
    },
  ])('%j is accepted without such an event', async (settings) => {
    expect(await failuresAfter(settings)).toEqual([]);
  });
});
