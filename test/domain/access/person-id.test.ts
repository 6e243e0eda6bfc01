import { createHash } from 'node:crypto';
import { EXTERNAL_ID } from '../../../lib/domain/access/external-id.ts';
import { personIdOf } from '../../../lib/domain/access/person-id.ts';

const SAML = `https://idp.example/saml#_${'0123456789abcdef'.repeat(4)}`;
const hashed = (text: string) => `id:${createHash('sha256').update(text, 'utf8').digest('base64url')}`;

describe('the user id of a person', () => {
  it.each(['ada', 'ada@example.com', "o'brien+x@example.com", 'a'.repeat(64)])(
    'is the claim as it is, where Chime takes it: %s',
    (text) => {
      expect([personIdOf(text, 'plain'), personIdOf(text, 'shortened')]).toEqual([text, text]);
    },
  );

  it.each([SAML, 'a'.repeat(65), '../..', 'a/b', 'x', 'aws:ada', 'zoë!', '名前', 'ada\u0000'])(
    'is a hash of the claim where Chime does not take it, and nothing where ids are to be plain: %j',
    (text) => {
      expect(personIdOf(text, 'plain')).toBeUndefined();
      expect(personIdOf(text, 'shortened')).toBe(hashed(text));
      expect(personIdOf(text, 'shortened')).toMatch(EXTERNAL_ID);
    },
  );

  it('never collides with a claim that looks like a hash', () => {
    const theirs = personIdOf(SAML, 'shortened') as string;
    expect(theirs).toHaveLength(46);
    expect(personIdOf(theirs, 'shortened')).toBe(hashed(theirs));
    expect(personIdOf(`${theirs}x`, 'shortened')).toBe(`${theirs}x`);
  });

  it('distinguishes texts by case, spaces and Unicode form', () => {
    const texts = ['Zoë!', 'zoë!', 'zoë! ', 'zoe\u0308!'];
    expect(new Set(texts.map((text) => personIdOf(text, 'shortened'))).size).toBe(texts.length);
  });

  it('is absent where the claim is empty', () => {
    expect(personIdOf('', 'shortened')).toBeUndefined();
  });

  it('is computed as the page about tokens says', async () => {
    const { readFileSync } = await import('node:fs');
    const page = readFileSync('docs/tokens.md', 'utf8');
    const [, text = '', id] = /printf '%s' '([^']+)'.*# (id:[\w-]{43})/s.exec(page) ?? [];
    expect(personIdOf(text, 'shortened')).toBe(id);
  });
});
