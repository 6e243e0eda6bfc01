import type { Waiting } from '../../client/balcony.ts';
import { balcony } from '../../client/balcony.ts';
import { browserDeps } from '../../client/join.ts';
import { closeAll, hurried, JOINED, scripted } from './support.ts';

afterEach(closeAll);

const waiting = (reason: string, retryAfterMs: number) => ({
  status: 202,
  body: { status: 'waiting', reason, retryAfterMs },
});

describe('a join that has to wait', () => {
  it('retries after exactly the time that the service gave, until there is a seat', async () => {
    const joined = { status: 200, body: JOINED };
    const { url, heard } = await scripted(waiting('no-presenter', 812), waiting('opening', 1700), joined);
    const { waited, deps } = hurried();
    const seen: Waiting[] = [];
    const client = balcony({ url, token: 'secret' }, deps);
    const answer = await client.join('all hands', {
      mediaRegion: 'eu-west-1',
      onWaiting: (w) => seen.push(w),
    });
    expect(answer).toEqual(JOINED);
    expect(waited).toEqual([812, 1700]);
    expect(seen.map(({ reason }) => reason)).toEqual(['no-presenter', 'opening']);
    expect(new Set(heard.map(({ path }) => path))).toEqual(new Set(['/meetings/all%20hands/join']));
    const again = '{"mediaRegion":"eu-west-1"}'; // a wait for the event itself is not one for a seat
    expect(heard.map(({ body }) => body)).toEqual([
      again,
      again,
      '{"mediaRegion":"eu-west-1","waited":true}',
    ]);
  });

  it.each([429, 503])('treats %d as a wait, never shorter than Retry-After, with jitter', async (status) => {
    const busy = { status, headers: { 'retry-after': '2' }, body: { code: 'TOO_MANY_REQUESTS' } };
    for (const [random, ms] of [
      [0, 2000],
      [0.25, 2500],
      [0.999, 3998],
    ] as const) {
      const { url } = await scripted(busy, { status: 200, body: JOINED });
      const { waited, deps } = hurried({ random });
      const reasons: string[] = [];
      await balcony({ url, token: 't' }, deps).join('hall', {
        onWaiting: ({ reason }) => reasons.push(reason),
      });
      expect([waited, reasons]).toEqual([[ms], ['busy']]);
    }
  });

  it('doubles the pause with each refusal in a row, so that an overloaded service gets fewer requests', async () => {
    const busy = { status: 503, headers: { 'retry-after': '2' }, body: { code: 'UPSTREAM_UNAVAILABLE' } };
    const { url } = await scripted(busy, busy, busy, busy, { status: 200, body: JOINED });
    const { waited, deps } = hurried({ random: 0 });
    await balcony({ url, token: 't' }, deps).join('hall');
    expect(waited).toEqual([2000, 2000, 4000, 8000]);
  });

  it('waits a second where a 503 gives no time', async () => {
    const { url } = await scripted({ status: 503 }, { status: 200, body: JOINED });
    const { waited, deps } = hurried({ random: 0 });
    await balcony({ url, token: 't' }, deps).join('hall');
    expect(waited).toEqual([1000]);
  });

  it('does not treat any other refusal as a wait', async () => {
    const { url, heard } = await scripted({ status: 410, body: { code: 'MEETING_ENDED', detail: 'Over.' } });
    const { waited, deps } = hurried();
    const joining = balcony({ url, token: 't' }, deps).join('hall');
    await expect(joining).rejects.toMatchObject({ code: 'MEETING_ENDED', status: 410, detail: 'Over.' });
    expect([waited, heard.length]).toEqual([[], 1]);
  });

  it('rejects with the reason of the signal, and sends no further request', async () => {
    const { url, heard } = await scripted(waiting('no-presenter', 500));
    const stop = new AbortController();
    const { deps } = hurried({ during: async () => stop.abort(new Error('aborted')) });
    const joining = balcony({ url, token: 't' }, deps).join('hall', { signal: stop.signal });
    await expect(joining).rejects.toThrow('aborted');
    expect(heard).toHaveLength(1);
  });

  it('requests a token before each attempt, because waiting may outlive one', async () => {
    const { url, heard } = await scripted(waiting('opening', 1), waiting('opening', 1), {
      status: 200,
      body: JOINED,
    });
    let count = 0;
    await balcony({ url, token: async () => `t${++count}` }, hurried().deps).join('hall');
    expect(heard.map(({ authorization }) => authorization)).toEqual(['Bearer t1', 'Bearer t2', 'Bearer t3']);
  });
});

describe('the pause of a browser', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('takes the given milliseconds', async () => {
    const done = jest.fn();
    const pausing = browserDeps.pause(700).then(done);
    await jest.advanceTimersByTimeAsync(699);
    expect(done).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1);
    await pausing;
  });

  it('stops at once when its signal aborts, also when the signal was aborted before', async () => {
    const stop = new AbortController();
    const pausing = browserDeps.pause(60_000, stop.signal);
    stop.abort(new Error('enough'));
    await expect(pausing).rejects.toThrow('enough');
    await expect(browserDeps.pause(60_000, stop.signal)).rejects.toThrow('enough');
    expect(jest.getTimerCount()).toBe(0);
  });
});
