import { SignJWT } from 'jose';
import { issuedTokens, nameIn, pastedToken, typedMeeting, typedName } from '../../web/room/visitor.ts';
import { closeAll, scripted } from '../client/support.ts';

afterEach(closeAll);

const HOUR_MS = 3_600_000;

describe('tokens of an issuer', () => {
  it('say who somebody is, and are kept until four fifths of their life are over', async () => {
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

  it('that are not given are said to be missing', async () => {
    const { url } = await scripted({ status: 400 });
    const token = issuedTokens({ api: '', issuer: url }, { sub: '', role: '' });
    await expect(token()).rejects.toThrow('did not give one');
  });
});

describe('the name in a token', () => {
  it('is its sub, whatever alphabet it is in', async () => {
    const key = new TextEncoder().encode('0'.repeat(32));
    const token = await new SignJWT({ sub: 'Ærø «λ»' }).setProtectedHeader({ alg: 'HS256' }).sign(key);
    expect(nameIn(token)).toBe('Ærø «λ»');
  });

  it('of what is no token is none', () => {
    expect([nameIn(''), nameIn('not.a.token'), nameIn('§§')]).toEqual(['', '', '']);
  });
});

describe('a token that was pasted', () => {
  it('is freed of the line breaks of a terminal', () => {
    expect([pastedToken(' a.b\n.c '), pastedToken('')]).toEqual(['a.b.c', '']);
  });

  it('is none when no header could carry it', () => {
    expect(() => pastedToken('ключ')).toThrow('This is not a token.');
  });
});

describe('a name that was typed', () => {
  it.each([
    ['Zoë-Çelik', 'Zoë-Çelik'],
    ['  a|b c ', 'a|b c'],
    ['Rene\u0301', 'René'],
    ['José', 'José'],
    [`o'neil "x" & co`, `o'neil "x" & co`],
  ])('%j is taken as %j', (text, name) => {
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
    'x'.repeat(65),
  ])('%j is declined', (text) => {
    expect(() => typedName(text)).toThrow('2 to 64 characters');
  });

  it('of a meeting is taken alike, without the spaces around it', () => {
    expect(typedMeeting(' All-Hands ')).toBe('All-Hands');
    expect(() => typedMeeting('a/b')).toThrow('The name of the meeting needs 2 to 64 characters');
  });
});
