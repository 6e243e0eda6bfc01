import { SignJWT } from 'jose';
import { issuedTokens, nameIn, pastedToken, typedMeeting, typedName } from '../../web/room/visitor.ts';
import { closeAll, scripted } from '../client/support.ts';

afterEach(closeAll);

const HOUR_MS = 3_600_000;

describe('tokens of an issuer', () => {
  it('identify the person, and are kept until four fifths of their lifetime are over', async () => {
    const grant = (access_token: string) => ({ status: 200, body: { access_token, expires_in: 3600 } });
    const { url, heard } = await scripted(grant('first'), grant('second'));
    let now = 0;
    const token = issuedTokens({ api: '', issuer: url }, { sub: 'ada', role: 'host' }, () => now);
    const early = await token();
    now = 0.79 * HOUR_MS;
    const kept = await token();
    now = 0.81 * HOUR_MS;
    expect([early, kept, await token()]).toEqual(['first', 'first', 'second']);
    expect(heard.map(({ body }) => JSON.parse(body))).toEqual(Array(2).fill({ sub: 'ada', role: 'host' }));
  });

  it('are reported missing where the issuer grants none', async () => {
    const { url } = await scripted({ status: 400 });
    const token = issuedTokens({ api: '', issuer: url }, { sub: '', role: '' });
    await expect(token()).rejects.toThrow('You could not be signed in');
  });
});

describe('the name in a token', () => {
  it('is its sub, in any alphabet', async () => {
    const key = new TextEncoder().encode('0'.repeat(32));
    const token = await new SignJWT({ sub: 'Ærø «λ»' }).setProtectedHeader({ alg: 'HS256' }).sign(key);
    expect(nameIn(token)).toBe('Ærø «λ»');
  });

  it('is undefined for a text that is no token', () => {
    expect([nameIn(''), nameIn('not.a.token'), nameIn('§§')]).toEqual(['', '', '']);
  });
});

describe('a pasted token', () => {
  it('loses the line breaks that a terminal added', () => {
    expect([pastedToken(' a.b\n.c '), pastedToken('')]).toEqual(['a.b.c', '']);
  });

  it('is refused when no header could carry it', () => {
    expect(() => pastedToken('ключ')).toThrow('This is not a token.');
  });
});

describe('a typed name', () => {
  it.each([
    ['Zoë-Çelik', 'Zoë-Çelik'],
    ['  a|b c ', 'a|b c'],
    ['Rene\u0301', 'René'],
    ['José', 'José'],
    [`o'neil "x" & co`, `o'neil "x" & co`],
  ])('%j is read as %j', (text, name) => {
    expect(typedName(text)).toBe(name);
  });

  it.each([
    '',
    '   ',
    'a',
    'ada 🎉',
    'سارة',
    'שרה',
    'Łukasz',
    'Aleš',
    '<b>ada</b>',
    'aws:ada',
    '..',
    'x'.repeat(65),
  ])('%j is declined', (text) => {
    expect(() => typedName(text)).toThrow('2 to 64 characters');
  });

  it.each(['..', 'aws:ada'])('%j is declined with the rule that it breaks', (text) => {
    expect(() => typedName(text)).toThrow(text.slice(0, 4));
  });

  it('of a meeting is read in the same way, without the spaces around it', () => {
    expect(typedMeeting(' All-Hands ')).toBe('All-Hands');
    expect(() => typedMeeting('a/b')).toThrow('The name of the meeting needs 2 to 64 characters');
  });
});
