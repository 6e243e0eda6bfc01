import { fairShares } from '../../bench/events/fair-share.ts';
import { minimumSeconds } from '../../simulation/quota-minimum.ts';

describe('the fair share of an event', () => {
  it('is the minimum of all events together where they are of one size', () => {
    const viewers = [2000, 2000, 2000, 2000, 2000];
    expect(fairShares(viewers)).toEqual(Array(5).fill(minimumSeconds(10_000)));
  });

  it('is the minimum of its own where it is alone', () => {
    expect(fairShares([10_000])).toEqual([minimumSeconds(10_000)]);
  });

  it('does not grow with what a larger event needs', () => {
    expect(fairShares([8000, 500, 500, 500, 500])).toEqual([10, 1, 1, 1, 1]);
    expect(fairShares([80_000, 500, 500, 500, 500]).slice(1)).toEqual([1, 1, 1, 1]);
  });

  it('is nothing where the burst serves every call', () => {
    expect(fairShares([250, 250])).toEqual([0, 0]);
  });
});
