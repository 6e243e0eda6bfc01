import { balcony, type Joined, type Reporter, reporter } from '../../client/balcony.ts';
import { until } from '../../local/until.ts';
import { aGate, type Gate } from '../support/gate.ts';
import { closeAll, hurried, type Line, scripted } from './support.ts';

afterEach(closeAll);

const EVERY_MS = 30_000;

/** The reporter of one join, whose pauses end when a test lets time pass. */
async function reporting(
  lines: Line[],
  { random = 0.5, sample = 1 }: { random?: number; sample?: number } = {},
) {
  const service = await scripted(...lines);
  const pauses: { ms: number; gate: Gate }[] = [];
  const pause = async (ms: number, signal?: AbortSignal) => {
    const gate = aGate();
    pauses.push({ ms, gate });
    signal?.addEventListener('abort', () => gate.open());
    await gate.pause();
    signal?.throwIfAborted();
  };
  const client = balcony({ url: service.url, token: 't' });
  const joined = { sessionId: 's-1', clientEvents: { sample, everyMs: EVERY_MS } } as Joined;
  const reports: Reporter = reporter(client, 'hall', joined, { random: () => random, pause });
  return {
    reports,
    pauses: () => pauses.map(({ ms }) => ms),
    /** Ends the latest pause. */
    pass: () => pauses.at(-1)?.gate.open(),
    heard: () => service.heard.map(({ body }) => JSON.parse(body)),
    untilHeard: (many: number) => until(() => service.heard.length >= many),
    untilPauses: (many: number) => until(() => pauses.length >= many),
    paths: () => service.heard.map(({ method, path }) => `${method} ${path}`),
  };
}

describe('the reporter of a join', () => {
  it('sends what happened in one report, at a random moment of the time that the service gives', async () => {
    const one = await reporting([{ status: 204 }]);
    one.reports.add({ timeToFirstAudioMs: 800 });
    one.reports.add({ reconnects: 1 });
    expect([one.pauses(), one.heard()]).toEqual([[EVERY_MS / 2], []]);
    one.pass();
    await one.untilHeard(1);
    expect(one.paths()).toEqual(['POST /meetings/hall/client-events']);
    expect(one.heard()).toEqual([
      { sessionId: 's-1', events: [{ timeToFirstAudioMs: 800 }, { reconnects: 1 }] },
    ]);
  });

  it('sends the next report only after the time that the service gives, and none without news', async () => {
    const one = await reporting([{ status: 204 }]);
    one.pass();
    one.reports.add({ reconnects: 1 });
    await one.untilPauses(2);
    one.reports.add({ reconnects: 2 });
    expect([one.pauses()[1], one.heard()]).toEqual([EVERY_MS, [expect.anything()]]);
    one.pass();
    await one.untilPauses(3);
    one.pass();
    expect(one.heard().map(({ events }) => events)).toEqual([[{ reconnects: 1 }], [{ reconnects: 2 }]]);
  });

  it('sends the rest at once when it is closed, and nothing afterwards', async () => {
    const one = await reporting([{ status: 204 }]);
    one.reports.add({ failure: 'TaskFailed' });
    one.reports.close();
    one.reports.add({ drops: 1 });
    one.reports.close();
    await one.untilHeard(1);
    expect(one.heard().map(({ events }) => events)).toEqual([[{ failure: 'TaskFailed' }]]);
  });

  it.each([
    ['a 429', { status: 429, body: { code: 'TOO_MANY_REQUESTS' }, headers: { 'retry-after': '90' } }, 90_000],
    ['a 500', { status: 500, body: { code: 'INTERNAL' } }, 2 * EVERY_MS],
    ['a lost connection', { status: 0 }, 2 * EVERY_MS],
  ])('repeats a report after %s, and waits longer', async (_, failure, waitMs) => {
    const one = await reporting([failure, { status: 204 }]);
    one.reports.add({ drops: 1 });
    one.pass();
    await one.untilPauses(2);
    expect(one.pauses()[1]).toBe(waitMs);
    one.reports.add({ reconnects: 1 });
    one.pass();
    await one.untilHeard(2);
    expect(one.heard()[1]).toMatchObject({ events: [{ drops: 1 }, { reconnects: 1 }] });
  });

  it('ends at a refusal, such as that of an older join', async () => {
    const one = await reporting([{ status: 409, body: { code: 'NOT_JOINED' } }]);
    one.reports.add({ drops: 1 });
    one.pass();
    await one.untilHeard(1);
    await new Promise((resolve) => setImmediate(resolve));
    one.reports.add({ drops: 1 });
    one.reports.close();
    expect([one.pauses().length, one.heard().length]).toEqual([1, 1]);
  });

  it('holds no more events than a report may have', async () => {
    const one = await reporting([{ status: 204 }]);
    for (let k = 0; k < 30; k++) one.reports.add({ reconnects: 1 });
    one.reports.close();
    await one.untilHeard(1);
    expect(one.heard()[0].events).toHaveLength(20);
  });

  it('holds no more events where it repeats a report that failed', async () => {
    const answer = aGate();
    const failure = { status: 500, body: { code: 'INTERNAL' }, after: answer.pause() };
    const one = await reporting([failure, { status: 204 }]);
    for (let k = 0; k < 20; k++) one.reports.add({ reconnects: 1 });
    one.pass();
    await one.untilHeard(1);
    for (let k = 0; k < 20; k++) one.reports.add({ drops: 1 });
    answer.open();
    await one.untilPauses(2);
    one.pass();
    await one.untilHeard(2);
    expect(one.heard()[1].events).toHaveLength(20);
  });

  it('reports nothing where the draw, or a service without such a route, says so', async () => {
    const drawn = await reporting([{ status: 204 }], { random: 0.25, sample: 0.25 });
    drawn.reports.add({ drops: 1 });
    drawn.reports.close();
    expect(drawn.pauses()).toEqual([]);
    const { waited, deps } = hurried();
    const older = reporter(balcony({ url: 'http://127.0.0.1:1', token: 't' }), 'hall', {} as Joined, deps);
    older.add({ drops: 1 });
    older.close();
    expect(waited).toEqual([]);
  });
});
