import type { CaptionLanguage, Captions } from '../../../client/balcony.ts';

type State = Captions['state'];

/** What stands in place of the lines while there are none. */
export const IN_PLACE_OF_LINES: Readonly<Record<State, string>> = {
  off: 'There are no captions at the moment.',
  stopping: 'Captions are stopping.',
  starting: 'Captions are starting.',
  on: 'Captions appear here when someone speaks.',
  interrupted: 'Captions are interrupted. They go on by themselves.',
  failed: 'There are no captions at the moment.',
};

const STATES: Readonly<Record<State, string>> = {
  off: 'Captions are off.',
  stopping: 'Captions are stopping.',
  starting: 'Captions are starting.',
  on: 'Captions are on.',
  interrupted: 'Captions are interrupted. They go on by themselves.',
  failed: 'Captions have failed. Turn them on again, or choose another language.',
};

/** What hosts and presenters read of the captions. */
export function stateWords({ state, languageCode }: Captions): string {
  const isRunning = state === 'on' || state === 'starting';
  const spoken = isRunning && languageCode ? ` Spoken language: ${languageName(languageCode)}.` : '';
  return `${STATES[state]}${spoken}`;
}

/** The news for the host or presenter who turned captions on. */
export const OUTCOME: Readonly<Record<State, string>> = {
  ...STATES,
  on: 'Captions are on. The button Captions shows them.',
};

/** The languages that Chime transcribes. */
const SPOKEN: Readonly<Record<CaptionLanguage, true>> = {
  'de-DE': true,
  'en-AU': true,
  'en-GB': true,
  'en-US': true,
  'es-US': true,
  'fr-CA': true,
  'fr-FR': true,
  'hi-IN': true,
  'it-IT': true,
  'ja-JP': true,
  'ko-KR': true,
  'pt-BR': true,
  'th-TH': true,
  'zh-CN': true,
};

const names = new Intl.DisplayNames('en', { type: 'language', languageDisplay: 'standard' });

/** The name of a language in English, as the page is. */
export const languageName = (code: string): string => names.of(code) ?? code;

/** The spoken languages with their names, in the order of the names. */
export const languages = (): { value: CaptionLanguage; textContent: string }[] =>
  (Object.keys(SPOKEN) as CaptionLanguage[])
    .map((value) => ({ value, textContent: languageName(value) }))
    .sort((one, other) => one.textContent.localeCompare(other.textContent));

/** The spoken language that fits a browser's language best. */
export function usualLanguage(preferred: string): CaptionLanguage {
  const codes = Object.keys(SPOKEN) as CaptionLanguage[];
  const language = preferred.split('-')[0];
  const isEnglish = language === 'en';
  return (
    codes.find((code) => code === preferred) ??
    (isEnglish ? undefined : codes.find((code) => code.split('-')[0] === language)) ??
    'en-US'
  );
}
