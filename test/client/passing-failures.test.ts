import type { Waiting } from '../../client/balcony.ts';
import { balcony, isPassing } from '../../client/balcony.ts';
import { closeAll, hurried, JOINED, type Line, scripted } from './support.ts';

afterEach(closeAll);

const SEAT: Line = { status: 200, body: JOINED };
const CUT: Line = { status: 0 };

/** Joins a service with these answers. Gives the pauses, their reasons, and the number of requests. */
async function joining(lines: Line[], token: () => Promise<string> = async () => 't') {
  const { url, heard } = await scripted(...lines);
  const { waited, deps } = hurried({ random: 0 });
  const reasons: Waiting['reason'][] = [];
  const onWaiting = ({ reason }: Waiting) => void reasons.push(reason);
  const answer = await balcony({ url, token }, deps).join('hall', { onWaiting });
  return { answer, waited, reasons, asked: heard.length };
}

describe('a join retries after', () => {
  it.each<[string, Line]>([
    ['a connection that is cut', CUT],
    ['a 500 of the service', { status: 500, body: { code: 'INTERNAL' } }],
    ['a 502 of a gateway', { status: 502, text: '<html>Bad Gateway</html>' }],
    ['a 504 of API Gateway', { status: 504, body: { message: 'Endpoint request timed out' } }],
    ['a 403 of a firewall', { status: 403, text: '<html>Blocked</html>' }],
    ['a 404 that is not of the contract', { status: 404, body: { message: 'Not Found' } }],
    ['a response of another server', { status: 200, body: { ok: true } }],
    ['an answer without a body', { status: 204 }],
    ['a sign-in page of a hotel', { status: 200, text: '<html>Welcome</html>' }],
  ])('%s, without help', async (_, failure) => {
    const { answer, reasons } = await joining([failure, SEAT]);
    expect([answer, reasons]).toEqual([JOINED, ['unreachable']]);
  });

  it('any number of failures, with pauses that double up to half a minute', async () => {
    const { waited } = await joining([...Array(8).fill(CUT), SEAT]);
    expect(waited).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('a response of the service with the shortest pause again', async () => {
    const opening = { status: 202, body: { status: 'waiting', reason: 'opening', retryAfterMs: 700 } };
    const { waited } = await joining([CUT, CUT, opening, CUT, SEAT]);
    expect(waited).toEqual([1000, 2000, 700, 1000]);
  });

  it('a request for a token that failed', async () => {
    let tries = 0;
    const token = async () => {
      if (tries++ === 0) throw new TypeError('Failed to fetch');
      return 't';
    };
    expect((await joining([SEAT], token)).answer).toEqual(JOINED);
  });
});

describe('a join ends with', () => {
  it.each<[string, Line]>([
    ['BANNED', { status: 403, body: { code: 'BANNED' } }],
    ['MEETING_FULL', { status: 409, body: { code: 'MEETING_FULL' } }],
    ['MEETING_NOT_FOUND', { status: 404, body: { code: 'MEETING_NOT_FOUND' } }],
    ['UNAUTHENTICATED', { status: 401, body: { message: 'Unauthorized' } }],
  ])('the refusal %s', async (code, refused) => {
    await expect(joining([refused, SEAT])).rejects.toMatchObject({ code });
  });

  it('the error of the token function, where it is not a network failure', async () => {
    const token = async () => Promise.reject(new Error('signed out'));
    await expect(joining([SEAT], token)).rejects.toThrow('signed out');
  });

  it('an error that holds no token, where the URL or the token cannot be sent at all', async () => {
    const { deps } = hurried();
    const sending = balcony({ url: 'http://localhost:1', token: 'secret\ntoken' }, deps).join('hall');
    await expect(sending).rejects.toThrow('The url or the token is not one that can be sent.');
    await expect(balcony({ url: 'nowhere', token: 't' }, deps).join('hall')).rejects.toThrow('url');
  });
});

describe('the classification of a failure', () => {
  it('is the same for every operation', async () => {
    const failed = async (line: Line) => {
      const { url } = await scripted(line);
      return balcony({ url, token: 't' })
        .promotion('hall')
        .catch((error) => isPassing(error));
    };
    expect(await failed(CUT)).toBe(true);
    expect(await failed({ status: 502, text: '' })).toBe(true);
    expect(await failed({ status: 404, body: { code: 'NOT_PROMOTED' } })).toBe(false);
    expect(isPassing(new Error('a bug'))).toBe(false);
  });
});
