import { atOnce } from '../flows/support.ts';
import { SWEPT_AGAIN_MS, useSweptWorld } from './support.ts';

const LIVE = 60;
const world = useSweptWorld({ CHIME_RATE_PER_SECOND: '10', CHIME_BURST: '20' });
const { chime } = world;
const calls = () => structuredClone(chime.world.emulator.state.calls);

describe('a reconciler pass of sixty live names under the default quotas', () => {
  beforeAll(async () => {
    chime.chimeWill({ concurrentMeetings: 10_000 });
    for (let k = 0; k < LIVE / 10; k++) {
      await atOnce(10, () => world.house(0));
      world.pass(10_000);
    }
  });

  it('takes one call, verifies them at Chime, and is hardly ever throttled', async () => {
    world.pass(SWEPT_AGAIN_MS);
    chime.chimeWill({ ratePerSecond: 10, burst: 20 });
    const before = calls();
    expect(await world.reconcileNow()).toEqual({ reconciled: LIVE });
    const after = calls();
    const told = Object.fromEntries(
      (['GetMeeting', 'ListAttendees'] as const).map((operation) => [
        operation,
        (after[operation]?.['200'] ?? 0) - (before[operation]?.['200'] ?? 0),
      ]),
    );
    expect(told.ListAttendees).toBe(LIVE);
    expect(told.GetMeeting).toBe(0); // a list of the attendees proves that the primary lives
    const throttled = ['GetMeeting', 'ListAttendees'] as const;
    const times = throttled.map((operation) => after[operation]?.ThrottlingException ?? 0);
    expect(Math.max(...times)).toBeLessThanOrEqual(5); // turns are in order, and requests arrive as they may
  });
});
