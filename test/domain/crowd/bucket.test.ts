import { refill } from '../../../emulator/state/buckets.ts';
import { bucketOf, freeInMs } from '../../../lib/domain/crowd/bucket.ts';

const NOW = 1_800_000_000_000;
const quota = { burst: 20, ratePerSecond: 10 };

describe('the bucket of a quota', () => {
  it('holds back one and a half calls of its burst, and no less than 150 ms of the rate', () => {
    expect(bucketOf({ burst: 20, ratePerSecond: 1 })).toEqual({ cost: 1000, slack: 18_500 });
    expect(bucketOf(quota)).toEqual({ cost: 100, slack: 2000 - 150 });
    expect(bucketOf({ burst: 200, ratePerSecond: 100 })).toEqual({ cost: 10, slack: 2000 - 150 });
  });

  it('gives out one call at once, however small the burst is', () => {
    expect(bucketOf({ burst: 1, ratePerSecond: 10 })).toEqual({ cost: 100, slack: 100 });
  });

  it('keeps within Chime’s own if the first call arrives 180 ms after its permit, and all later ones within 30 ms', () => {
    const { cost, slack } = bucketOf(quota);
    const chime = { ...quota, tokens: quota.burst, at: NOW };
    for (let call = 1; call <= 120; call++) {
      const permitted = Math.max(NOW, NOW + call * cost - slack);
      const arrives = Math.max(NOW + 180, permitted + 30);
      Object.assign(chime, refill(call === 1 ? undefined : chime, quota, arrives));
      expect(chime.tokens).toBeGreaterThanOrEqual(1);
      chime.tokens -= 1;
    }
  });
});

describe('the time until more calls could be made', () => {
  const { slack } = bucketOf(quota);

  it('is that of the calls reserved ahead and of these', () => {
    expect(freeInMs({ spokenUntil: NOW + slack + 300, rate: quota }, 2, NOW)).toBe(300 + 200);
    expect(freeInMs({ spokenUntil: 0, rate: quota }, 1, NOW)).toBe(0);
  });

  it('is shorter for a call that was reserved so many calls before the last', () => {
    expect(freeInMs({ spokenUntil: NOW + slack + 900, rate: quota }, -3, NOW)).toBe(600);
  });
});
