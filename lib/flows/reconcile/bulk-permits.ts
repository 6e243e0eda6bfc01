import type { Limiter } from '../../chime/ask.ts';
import type { RequestContext } from '../../context.ts';
import { remainingMs } from '../../deadline.ts';
import { bucketOf } from '../../domain/crowd/bucket.ts';
import { settings } from '../../settings.ts';
import { reservePermits } from '../../store/quota.ts';
import { untilPermitted } from '../shared/chime-quota.ts';

/** This many permits are reserved with one write. So many calls may be ahead of one that a join makes. */
const CALLS = 4;
/** How far ahead permits are reserved (milliseconds). */
const AHEAD_MS = 1000;

interface Share {
  /** Leave half of the burst to others, and take no more than the rate. Joins make such calls only where they need not wait. */
  sparing: boolean;
}

/**
 * A limiter for many calls of one operation: it reserves several permits with one write, and gives them out, each at its time.
 * Permits that are not used are lost.
 */
export function bulkLimiter(operation: string, { sparing }: Share, context: RequestContext): Limiter {
  const times: number[] = [];
  let last = 0;
  let reserving: Promise<boolean> | undefined;
  const reserve = async () => {
    const now = context.now();
    const { cost, slack } = bucketOf({
      burst: settings().chimeBurst,
      ratePerSecond: settings().chimeRatePerSecond,
    });
    const maxWaitMs = sparing ? -slack / 2 : Math.min(AHEAD_MS, Math.max(0, remainingMs()));
    const permits = await reservePermits(operation, CALLS, { now, maxWaitMs });
    if ('retryAfterMs' in permits) return false;
    const from = Math.max(now, last);
    times.push(...permits.waitsMs.map((ms, k) => Math.max(now + ms, sparing ? from + (k + 1) * cost : 0)));
    last = times.at(-1) ?? now;
    return true;
  };
  return async () => {
    while (times.length === 0) {
      reserving ??= reserve().finally(() => {
        reserving = undefined;
      });
      if (!(await reserving)) return 'rate-limited';
    }
    return untilPermitted(times.shift() as number, context);
  };
}
