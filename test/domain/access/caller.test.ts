import { callerFrom, mayEnter } from '../../../lib/domain/access/caller.ts';
import { EXTERNAL_ID } from '../../../lib/domain/access/external-id.ts';

const names = { personClaim: 'sub', personIds: 'plain', roleClaim: 'role', meetingClaim: 'meeting' } as const;
const callerOf = (claims: unknown) => callerFrom(claims, names);
const roleOf = (claims: object) => callerOf({ sub: 'ada', ...claims })?.role;

describe('the user id of a token', () => {
  it('is its sub claim', () => {
    expect(callerOf({ sub: 'ada@example.com' })).toEqual({
      externalUserId: 'ada@example.com',
      role: 'viewer',
    });
  });

  it.each([
    ['no claims', undefined],
    ['null', null],
    ['a word', 'ada'],
    ['no sub', {}],
    ['an inherited sub', Object.create({ sub: 'ada' })],
    ['a number as sub', { sub: 42 }],
    ['a sub of one letter', { sub: 'a' }],
    ['a sub of 65 letters', { sub: 'a'.repeat(65) }],
    ['a reserved sub', { sub: 'AWS:ada' }],
    ['a sub that Chime refuses', { sub: 'ada!' }],
    ['a sub that is a step up in a path', { sub: '../..' }],
    ['a sub with a slash in it', { sub: 'https://issuer.example/ada' }],
    ['a meeting claim that is no name', { sub: 'ada', meeting: ['hall'] }],
    ['a meeting claim of nothing', { sub: 'ada', meeting: null }],
    ['a meeting claim that was a list', { sub: 'ada', meeting: '[hall]' }],
  ])('is absent with %s', (_, claims) => {
    expect(callerOf(claims)).toBeUndefined();
  });
});

describe('the user id of a token with another id claim', () => {
  const byMail = { ...names, personClaim: 'email' } as const;

  it('is that claim, and sub is ignored', () => {
    expect(callerFrom({ sub: 'x-1', email: 'ada@example.com' }, byMail)?.externalUserId).toBe(
      'ada@example.com',
    );
    expect(callerFrom({ sub: 'ada' }, byMail)).toBeUndefined();
  });

  it('is absent where the claim was a list, because another list may have the same text', () => {
    const shortened = { ...byMail, personIds: 'shortened' } as const;
    for (const email of ['[ada@example.com]', '[a b]', ['ada@example.com']])
      expect([callerFrom({ email }, byMail), callerFrom({ email }, shortened)]).toEqual([
        undefined,
        undefined,
      ]);
  });

  it('is a hash where the claim is no valid id and the deployment hashes such ids', () => {
    const claims = { sub: `https://idp.example/${'x'.repeat(60)}` };
    expect(callerFrom(claims, names)).toBeUndefined();
    expect(callerFrom(claims, { ...names, personIds: 'shortened' })?.externalUserId).toMatch(
      /^id:[\w-]{43}$/,
    );
  });
});

describe('the display name of a token', () => {
  const named = { ...names, displayNameClaim: 'name' } as const;

  it('is read only where a setting names the claim', () => {
    const claims = { sub: 'u-1', name: 'Ada Lovelace' };
    expect(callerFrom(claims, named)?.displayName).toBe('Ada Lovelace');
    expect(callerFrom(claims, names)).not.toHaveProperty('displayName');
  });

  it.each([undefined, null, '', 7, ['Ada'], '\u0000', `${' '.repeat(99)}`])(
    'is absent, and no reason to refuse the caller, where the claim is %j',
    (name) => {
      expect(callerFrom({ sub: 'u-1', name }, named)).toEqual({ externalUserId: 'u-1', role: 'viewer' });
    },
  );

  it('is cut and cleaned, because people cannot change their tokens', () => {
    expect(callerFrom({ sub: 'u-1', name: `Ada\u202e ${'x'.repeat(99)}` }, named)?.displayName).toBe(
      `Ada ${'x'.repeat(60)}`,
    );
  });
});

describe('the role of a caller', () => {
  it.each(['host', 'presenter', 'viewer'])('is %s where the role claim has that role', (role) => {
    expect(roleOf({ role })).toBe(role);
  });

  it.each([
    ['absent', {}],
    ['unknown', { role: 'admin' }],
    ['in capitals', { role: 'HOST' }],
    ['a number', { role: 1 }],
    ['an object', { role: { host: true } }],
    ['a text with the word in it', { role: 'host viewer' }],
  ])('is viewer when it is %s', (_, claims) => {
    expect(roleOf(claims)).toBe('viewer');
  });

  it.each([
    ['as API Gateway writes it', '[staff viewer host]'],
    ['as an array', ['viewer', 'host']],
  ])('is the highest role of the Cognito groups, %s', (_, groups) => {
    expect(roleOf({ 'cognito:groups': groups })).toBe('host');
  });

  it('is that of the role claim even when a group gives a higher one', () => {
    expect(roleOf({ role: 'viewer', 'cognito:groups': '[host]' })).toBe('viewer');
    expect(roleOf({ role: null, 'cognito:groups': '[host]' })).toBe('viewer');
  });

  it('is read from a list of one name under any claim', () => {
    const caller = callerFrom({ sub: 'ada', groups: '[presenter]' }, { ...names, roleClaim: 'groups' });
    expect(caller?.role).toBe('presenter');
  });

  it('is read from the Cognito groups where the role claim is set to them', () => {
    const claims = { sub: 'ada', 'cognito:groups': '[staff host]' };
    expect(callerFrom(claims, { ...names, roleClaim: 'cognito:groups' })?.role).toBe('host');
  });

  it.each([
    '[not a host]',
    '[Event host]',
    '[viewer host]',
    '[host presenter]',
    '[ host]',
    '[host\n]',
    '[staff, host]',
    '["staff","host"]',
    '["host"]',
  ])('is viewer where a list could be the name of one group with spaces in it: %j', (role) => {
    expect(roleOf({ role })).toBe('viewer');
  });

  it.each(['[not,host]', '["host"]', '[a\thost]', '[[host]]'])(
    'is viewer where a Cognito group has more than the word in its name: %j',
    (groups) => {
      expect(roleOf({ 'cognito:groups': groups })).toBe('viewer');
    },
  );
});

describe('the meeting that a caller may enter', () => {
  const bound = (meeting: unknown) => callerOf({ sub: 'ada', meeting });

  it('is any meeting without a meeting claim', () => {
    expect(mayEnter({ externalUserId: 'ada', role: 'viewer' }, 'hall')).toBe(true);
  });

  it.each([
    ['hall', 'hall', true],
    ['hall', 'Hall', false],
    ['hall', 'hall-2', false],
    ['', 'hall', false],
    [1984, '1984', true],
  ])('with the claim %j: %s is %j', (claim, externalMeetingId, allowed) => {
    const caller = bound(claim);
    expect(caller && mayEnter(caller, externalMeetingId)).toBe(allowed);
  });
});

describe('an external id', () => {
  it.each(['ab', 'a-_&@+=,(){}[]«».:|\'"#', 'Zoë 1\t', 'ÿ'.repeat(64), 'x aws:', 'aws', '...', '..a', '. '])(
    'may be %j',
    (id) => {
      expect(EXTERNAL_ID.test(id)).toBe(true);
    },
  );

  it.each([
    '',
    'a',
    'a'.repeat(65),
    'aws:x',
    'AwS:x',
    'a!',
    'a?b',
    'a%20',
    'a;b',
    'a<b',
    '日本',
    'a😀',
    'a\u00a0b',
    'ab\u0000',
    '.',
    '../..',
    'a/b',
    '../a',
    '//',
  ])('may not be %j', (id) => expect(EXTERNAL_ID.test(id)).toBe(false));
});
