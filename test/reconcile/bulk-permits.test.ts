import { bulkLimiter } from '../../lib/flows/reconcile/bulk-permits.ts';
import { chimeLimiter } from '../../lib/flows/shared/chime-quota.ts';
import { reservePermits } from '../../lib/store/quota.ts';
import { table } from '../../lib/store/table.ts';
import { useSweptWorld } from './support.ts';

const world = useSweptWorld({ CHIME_RATE_PER_SECOND: '10', CHIME_BURST: '20' });
const HOUR_MS = 3_600_000;
const reserve = (operation: string, calls: number) =>
  reservePermits(operation, calls, { now: world.now(), maxWaitMs: 0 });
let requests = 0;

beforeAll(() =>
  table().middlewareStack.add((next) => (request) => {
    requests++;
    return next(request);
  }),
);
beforeEach(() => world.pass(HOUR_MS));

const waiting = (limiter: () => Promise<unknown>, many: number) =>
  Promise.all(Array.from({ length: many }, limiter));

describe('the limiter of a pass of the reconciler', () => {
  it('reserves four permits with one write, for workers that ask at once', async () => {
    await reserve('ListAttendees', 10); // otherwise a second write starts the bucket
    const limiter = bulkLimiter('ListAttendees', { sparing: false }, world.callNow());
    requests = 0;
    expect(new Set(await waiting(() => limiter('ListAttendees'), 4))).toEqual(new Set(['permitted']));
    expect(requests).toBe(1);
    await limiter('ListAttendees');
    expect(requests).toBe(2);
  });

  it('gives no permit for checks while half of the burst is reserved, and leaves one for a join', async () => {
    await reserve('GetMeeting', 10);
    const limiter = bulkLimiter('GetMeeting', { sparing: true }, world.callNow());
    expect(await limiter('GetMeeting')).toBe('rate-limited');
    expect(await chimeLimiter(world.callNow(), 'none')('GetMeeting')).toBe('permitted');
  });

  it('gives permits for checks at the rate of the quota, and none of the burst', async () => {
    const from = world.now();
    const limiter = bulkLimiter('GetMeeting', { sparing: true }, world.callNow());
    for (let call = 0; call < 12; call++) expect(await limiter('GetMeeting')).toBe('permitted');
    expect(world.now() - from).toBeGreaterThanOrEqual(1200);
  });

  it('gives them at that rate also to workers that make their calls at once', async () => {
    const from = world.now();
    const limiter = bulkLimiter('GetMeeting', { sparing: true }, world.callNow());
    const worker = async () => {
      for (let call = 0; call < 3; call++) expect(await limiter('GetMeeting')).toBe('permitted');
    };
    await Promise.all([worker(), worker(), worker(), worker()]);
    expect(world.now() - from).toBeGreaterThanOrEqual(1200);
  });
});
