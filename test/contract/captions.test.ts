import { captionsBody } from '../../lib/contract/requests/captions.ts';

const KINDS = [
  ...['ADDRESS', 'BANK_ACCOUNT_NUMBER', 'BANK_ROUTING', 'CREDIT_DEBIT_CVV', 'CREDIT_DEBIT_EXPIRY'],
  ...['CREDIT_DEBIT_NUMBER', 'EMAIL', 'NAME', 'PHONE', 'PIN', 'SSN', 'ALL'],
];
const LANGUAGES = [
  'de-DE',
  'en-US',
  'es-US',
  'fr-FR',
  'hi-IN',
  'it-IT',
  'ja-JP',
  'ko-KR',
  'pt-BR',
  'th-TH',
  'zh-CN',
];

const isAccepted = (body: object) => captionsBody.safeParse(body).success;

describe('the body of a request for captions', () => {
  it('may name every kind of personal data that Chime documents, and one dialect of each of its languages', () => {
    const redacted = { languageCode: 'en-US', contentRedactionType: 'PII', piiEntityTypes: KINDS };
    expect(isAccepted(redacted)).toBe(true);
    expect(isAccepted({ identifyLanguage: true, languageOptions: LANGUAGES })).toBe(true);
  });

  it.each([
    ['languageOptions', 200, 15, 'a'],
    ['piiEntityTypes', 300, 24, 'A'],
    ['vocabularyNames', 3000, 200, 'v'],
    ['vocabularyFilterNames', 3000, 200, 'v'],
  ])('has a list %s that fits the %i characters of Chime at its longest', (field, most, length, letter) => {
    const listOf = (items: number, each: number) => ({ [field]: Array(items).fill(letter.repeat(each)) });
    const longest = Array.from({ length: 20 }, (_, n) => n + 1).filter((n) => isAccepted(listOf(n, length)));
    expect(listOf(longest.at(-1) ?? 0, length)[field]?.join(',').length).toBeLessThanOrEqual(most);
    expect(isAccepted(listOf(2, length + 1))).toBe(false);
  });

  it('refuses an unknown member, so that a misspelt one is noticed', () => {
    expect(isAccepted({ languageCode: 'de-DE', languagecode: 'de-DE' })).toBe(false);
  });
});
