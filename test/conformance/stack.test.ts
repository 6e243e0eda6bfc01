import type { TokenRequest } from '../../local/identity/issuer.ts';
import { freePort } from '../../local/listen.ts';
import { smoke, smokeReport } from '../../scripts/conformance/stack/stack.ts';
import { jsonOf } from '../support/json.ts';
import { type SharedStack, sharedStack } from '../support/shared-stack.ts';

let local: SharedStack;
beforeAll(async () => {
  local = await sharedStack();
});

const token = async (request: TokenRequest) => {
  const granted = fetch(`${local.urls.issuer}/token`, { method: 'POST', body: JSON.stringify(request) });
  return (await jsonOf<{ access_token: string }>(granted)).access_token;
};

/** Runs through the local stack as these two people. The second has no role that a host needs. */
async function walk(runId: string, changed: { url?: string; hostRole?: string; stop?: AbortSignal } = {}) {
  const [hostToken, viewerToken] = await Promise.all([
    token({ sub: 'ada', role: changed.hostRole ?? 'host' }),
    token({ sub: 'linus', role: 'viewer' }),
  ]);
  const stack = {
    url: local.urls.api,
    origin: 'https://live.example',
    hostToken,
    viewerToken,
    mediaRegion: 'us-east-1',
    ...changed,
  } as const;
  const walked = await smoke(stack, runId, changed.stop ?? new AbortController().signal);
  const isSecret = [hostToken, viewerToken].some((each) => smokeReport(walked).includes(each));
  return { ...walked, isSecret, hostToken };
}

/** The Chime meetings of this name: how many there were, and how many are live. */
const meetingsOf = async (name: string) => {
  const url = `${local.urls.chime}/_emulator/meetings`;
  const all = await jsonOf<{ externalMeetingId: string; status: string }[]>(fetch(url));
  const own = all.filter(({ externalMeetingId }) => externalMeetingId === name);
  return { opened: own.length, live: own.filter(({ status }) => status === 'live').length };
};

describe('the test of a deployed stack', () => {
  it('takes every step, reports the time of each, and leaves no meeting at Chime', async () => {
    const { failed, steps, isEnded, isSecret, hostToken } = await walk('whole');
    expect(failed).toBeUndefined();
    expect(steps.map(({ step }) => step)).toEqual([
      ...[
        'health',
        'create',
        'host joins',
        'viewer joins',
        'viewer joins again',
        'topology',
        'hand',
        'hands',
      ],
      ...[
        'promote',
        'promotion',
        'demote',
        'promotion is over',
        'leave',
        'end',
        'join after the end',
        'reopen',
        'end again',
      ],
    ]);
    expect(steps.every(({ ms }) => Number.isInteger(ms))).toBe(true);
    expect([isEnded, isSecret]).toEqual([true, false]);
    expect(await meetingsOf('balcony-conformance-whole')).toEqual({ opened: 2, live: 0 });
    const headers = { authorization: `Bearer ${hostToken}` };
    const asked = fetch(`${local.urls.api}/meetings/balcony-conformance-whole`, { headers });
    expect(await jsonOf(asked)).toMatchObject({ status: 'ended' });
  });

  it('reports the CORS headers that a page would see on a preflight and on refusals', async () => {
    const walked = await walk('cors');
    const seen = walked.cors.findings.map(({ request, status }) => [request, status]);
    expect(seen).toEqual([
      ['preflight', 204],
      ['bad token', 401],
      ['no token', 401],
      ['unknown route', 404],
    ]);
    expect(walked.cors.findings[0]?.headers).toMatchObject({
      'access-control-allow-origin': expect.any(String),
    });
    expect(smokeReport(walked)).toMatch(
      /CORS headers for a page of https:\/\/live\.example:\n {2}preflight +204 +access-control/,
    );
  });

  it('stops at the first step that fails, and reports its code', async () => {
    const { failed, steps, isSecret } = await walk('viewers', { hostRole: 'viewer' });
    expect(failed).toEqual({ step: 'create', why: '403 FORBIDDEN' });
    expect([steps.map(({ step }) => step), isSecret]).toEqual([['health'], false]);
  });

  it('reports that no service answers', async () => {
    const { failed, isEnded } = await walk('nowhere', { url: `http://127.0.0.1:${await freePort()}` });
    expect(failed).toMatchObject({ step: 'health', why: expect.stringContaining('ECONNREFUSED') });
    expect(isEnded).toBe(false);
  });

  it('takes no further step once it is interrupted', async () => {
    const { failed, steps } = await walk('stopped', { stop: AbortSignal.abort(new Error('interrupted')) });
    expect([failed, steps]).toEqual([{ step: 'health', why: 'interrupted' }, []]);
  });
});
