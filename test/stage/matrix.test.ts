import { type CryptoKey, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import type { Operation } from '../../lib/contract/operation.ts';
import { operations } from '../../lib/contract.ts';
import type { Trust } from '../../local/identity/verify-token.ts';
import type { TestWorld } from '../support/local-world.ts';
import { enter } from '../support/stage/doors.ts';
import { startStage } from '../support/stage/facts.ts';
import { audience } from '../support/stage/people.ts';

const NAME = 'the-hall';
const ISSUER = 'https://issuer.example';
const HOUR = 3600;

let trust: Trust;
type Keys = { privateKey: CryptoKey; publicKey: CryptoKey };
let world: TestWorld;
let ours: Keys;
let foreign: Keys;

beforeAll(async () => {
  world = await startStage();
  [ours, foreign] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
  trust = { issuer: ISSUER, audience: 'balcony', keys: async () => ours.publicKey };
  await audience(NAME, ['vic']);
});
afterAll(() => world.close());

const claims = (more: object) => ({
  sub: 'vic',
  iss: ISSUER,
  aud: 'balcony',
  exp: Math.floor(Date.now() / 1000) + HOUR,
  ...more,
});

const signed = (more: object, { privateKey }: Keys = ours) =>
  new SignJWT(claims(more)).setProtectedHeader({ alg: 'RS256' }).sign(privateKey);

/** The claims of one token under the signature of another. */
async function tampered(): Promise<string> {
  const [head, , signature] = (await signed({ role: 'viewer' })).split('.');
  const [, body] = (await signed({ role: 'host' })).split('.');
  return `${head}.${body}.${signature}`;
}

/** The callers: each with the token of the request. */
const TOKENS: Record<string, () => Promise<string | undefined>> = {
  'no token': async () => undefined,
  'no JWT': async () => 'a.b.c',
  expired: () => signed({ role: 'host', exp: Math.floor(Date.now() / 1000) - HOUR }),
  'of another issuer': () => signed({ role: 'host', iss: 'https://other.example' }),
  'for another audience': () => signed({ role: 'host', aud: 'stalls' }),
  'signed with another key': () => signed({ role: 'host' }, foreign),
  'with the algorithm none': async () => new UnsecuredJWT(claims({ role: 'host' })).encode(),
  tampered,
  'without a name': () => signed({ role: 'host', sub: '' }),
  'for another meeting': () => signed({ role: 'host', meeting: 'other-hall' }),
  'for a name that begins like it': () => signed({ role: 'host', meeting: 'the' }),
  viewer: () => signed({}),
  presenter: () => signed({ sub: 'pia', role: 'presenter', meeting: NAME }),
  host: () => signed({ sub: 'the-host', role: 'host', meeting: NAME }),
  'host of all meetings': () => signed({ sub: 'the-host', role: 'host' }),
};

const UNAUTHENTICATED_TOKENS = [
  'no token',
  'no JWT',
  'expired',
  'of another issuer',
  'for another audience',
].concat(['signed with another key', 'with the algorithm none', 'tampered', 'without a name']);
const STRANGERS = ['for another meeting', 'for a name that begins like it'];

const HOSTS = ['host', 'host of all meetings'];
const MANAGERS = ['presenter', ...HOSTS];
const ALL_ROLES = ['viewer', ...MANAGERS];

/** The callers that each route lets in. */
const DOORS: Record<string, string[]> = {
  listMeetings: ['host of all meetings'],
  createMeeting: HOSTS,
  getMeeting: ALL_ROLES,
  endMeeting: HOSTS,
  reopenMeeting: HOSTS,
  openCurtain: HOSTS,
  closeCurtain: HOSTS,
  setCaptions: MANAGERS,
  stopCaptions: MANAGERS,
  joinMeeting: ALL_ROLES,
  leaveMeeting: ALL_ROLES,
  reportClientEvents: ALL_ROLES,
  listAttendees: MANAGERS,
  getAttendee: HOSTS,
  removeAttendee: HOSTS,
  updateAttendee: MANAGERS,
  muteAll: MANAGERS,
  listAttendance: HOSTS,
  eraseAttendance: HOSTS,
  getUsage: HOSTS,
  listBans: HOSTS,
  liftBan: HOSTS,
  provisionSeats: HOSTS,
  drainRegion: HOSTS,
  liftDrain: HOSTS,
  grantPromotion: MANAGERS,
  getPromotion: ALL_ROLES,
  revokePromotion: ALL_ROLES,
  raiseHand: ['viewer'],
  lowerHand: ['viewer'],
  lowerHandOf: MANAGERS,
  listHands: MANAGERS,
  getHealth: Object.keys(TOKENS),
  getOpenapi: Object.keys(TOKENS),
};

const served = (Object.values(operations) as Operation[]).filter(({ planned }) => !planned);

/** Whether the request is let in, and why not. */
function outcomeOf({ statusCode, body }: Awaited<ReturnType<typeof enter>>): string {
  if (statusCode >= 500) return `${statusCode}`;
  if (statusCode !== 401 && statusCode !== 403) return 'let in';
  return `${statusCode} ${JSON.parse(body).code}`;
}

function expected(operation: string, who: string): string {
  if (DOORS[operation]?.includes(who)) return 'let in';
  return UNAUTHENTICATED_TOKENS.includes(who) ? '401 UNAUTHENTICATED' : '403 FORBIDDEN';
}

describe('the routes of the API', () => {
  it('are those of the contract, all of them', () => {
    expect(Object.keys(DOORS).toSorted()).toEqual(served.map(({ operationId }) => operationId).toSorted());
    expect(Object.keys(TOKENS)).toEqual([...UNAUTHENTICATED_TOKENS, ...STRANGERS, ...ALL_ROLES]);
  });

  it.each(served.map((operation) => [operation.operationId, operation] as const))(
    '%s is open to its intended callers only',
    async (name, operation) => {
      const seen: Record<string, string> = {};
      const table: Record<string, string> = {};
      for (const [who, tokenOf] of Object.entries(TOKENS)) {
        seen[who] = outcomeOf(await enter(operation, { name: NAME, token: await tokenOf(), trust }));
        table[who] = expected(name, who);
      }
      expect(seen).toEqual(table);
    },
  );
});
