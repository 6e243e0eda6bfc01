import { perfectSeconds } from '../../bench/crowd/perfect.ts';
import { LATENCY_MS } from '../../simulation/deployment/latency.ts';
import { DEFAULTS, minimumSeconds } from '../../simulation/quota-minimum.ts';

describe('a perfect schedule', () => {
  it('seats a crowd after the quota’s minimum, by more than the usual delays of the first and the last viewer', () => {
    const usualMs = LATENCY_MS.client + 2 * LATENCY_MS.chime;
    expect(perfectSeconds(2500)).toBeGreaterThan(minimumSeconds(2500) + usualMs / 1000);
    expect(perfectSeconds(2500)).toBeLessThan(minimumSeconds(2500) + 1);
  });

  it('is as late as the quota is slow', () => {
    const fast = { ...DEFAULTS, ratePerSecond: 20 };
    const sooner = perfectSeconds(2500) - perfectSeconds(2500, fast);
    expect(sooner).toBeCloseTo(minimumSeconds(2500) - minimumSeconds(2500, fast), 1);
  });
});
