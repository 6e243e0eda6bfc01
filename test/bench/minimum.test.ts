import { callsFor, DEFAULTS, minimumSeconds, quotaSeconds } from '../../simulation/quota-minimum.ts';

describe('the lower bound that the Chime quota sets', () => {
  it('is ten seconds for ten thousand viewers: 120 calls, 20 of them at once, 10 a second', () => {
    expect(callsFor(10_000, DEFAULTS)).toEqual({ createMeeting: 40, batchCreateAttendee: 120 });
    expect(minimumSeconds(10_000)).toBe(10);
  });

  it('is zero where the burst is enough', () => {
    expect(minimumSeconds(1500)).toBe(0);
    expect(minimumSeconds(1501)).toBeCloseTo(0.1);
  });

  it('is a quarter of an hour with one call for each viewer', () => {
    expect(quotaSeconds(10_000, DEFAULTS)).toBe(998);
  });

  it('is set by the slower of the two operations that seating needs', () => {
    expect(minimumSeconds(10_000, { ...DEFAULTS, seatsPerCall: 250 })).toBe(2);
    expect(minimumSeconds(10_000, { ...DEFAULTS, ratePerSecond: 20, burst: 40 })).toBe(4);
  });
});
