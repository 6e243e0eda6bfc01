import { eventsBench } from '../../bench/events/events.ts';
import { simulate } from '../../simulation/environment.ts';

simulate(process.env);

const EVENTS = { title: 'three of 500', viewers: [500, 500, 500] };

describe('three events of one account, and a small meeting in the middle of them', () => {
  it('share the quota: the small meeting waits for none of them, and no call is throttled', async () => {
    const { small, throttles, quotaWritesPerCall, finished } = await eventsBench(EVENTS, 'fewest-first');
    expect(finished).toHaveLength(3);
    expect(small.firstViewerSeconds).toBeLessThan(2);
    expect(throttles).toBe(0);
    expect(quotaWritesPerCall).toBeLessThan(2);
  });
});
