import { transcriptName, transcriptText } from '../../web/room/captions/transcript.ts';
import { languages, stateWords, usualLanguage } from '../../web/room/captions/words.ts';

describe('the words about captions', () => {
  it('name the state, and the spoken language while captions run', () => {
    expect(stateWords({ state: 'on', languageCode: 'de-DE' })).toBe(
      'Captions are on. Spoken language: German (Germany).',
    );
    expect(stateWords({ state: 'off', languageCode: 'de-DE' })).toBe('Captions are off.');
    expect(stateWords({ state: 'on' })).toBe('Captions are on.');
  });

  it('offer fourteen languages by their names', () => {
    const names = languages().map(({ textContent }) => textContent);
    expect([names.length, names[0], names.at(-1)]).toEqual([14, 'Chinese (China)', 'Thai (Thailand)']);
  });

  it.each([
    ['fr-FR', 'fr-FR'],
    ['en-GB', 'en-GB'],
    ['de-AT', 'de-DE'],
    ['en-IE', 'en-US'],
    ['fi', 'en-US'],
  ])('begin for a browser in %s with %s', (browser, language) => {
    expect(usualLanguage(browser)).toBe(language);
  });
});

describe('a transcript', () => {
  it('has a line for each utterance, with its time and its speaker', () => {
    const said = (text: string, startedAt: number) => ({
      ...{ id: text, text, startedAt, isPartial: false, seenAt: 0, language: undefined },
      ...{ attendeeId: 'a', externalUserId: 'ada' },
    });
    const lines = [said('Good evening.', 1), said('Welcome.', 2)];
    const text = transcriptText(
      lines,
      ({ externalUserId }) => externalUserId.toUpperCase(),
      (at) => `00:0${at}`,
    );
    expect(text).toBe('00:01  ADA: Good evening.\n00:02  ADA: Welcome.\n');
  });

  it('is in a file with the name of the meeting and the day', () => {
    expect(transcriptName('all / hands: 3', new Date('2026-11-29T12:00:00Z'))).toBe(
      'transcript-all-hands-3-2026-11-29.txt',
    );
  });
});
