import type { OperationName } from '../operation-names.ts';
import { type Scope, scopeKey } from './meeting.ts';
import type { ChimeState } from './state.ts';

/** A token bucket, as it was when it was last looked at. */
export interface Bucket {
  tokens: number;
  at: number;
}

interface Quota {
  ratePerSecond: number;
  burst: number;
}

/**
 * Take a token of the operation's bucket, and one of the bucket of all operations if there is such a quota.
 * Both or none: a request refused by one does not use up the other.
 */
export function takeRate(state: ChimeState, scope: Scope, operation: OperationName): boolean {
  const { options } = state;
  const own = options.quotaByOperation[operation] ?? options;
  const buckets = [refilled(state, `${scopeKey(scope)}/${operation}`, own)];
  if (options.aggregateRatePerSecond > 0) {
    const all = { ratePerSecond: options.aggregateRatePerSecond, burst: options.aggregateBurst };
    buckets.push(refilled(state, `${scopeKey(scope)}/*`, all));
  }
  if (buckets.some((bucket) => bucket.tokens < 1)) return false;
  for (const bucket of buckets) bucket.tokens -= 1;
  return true;
}

function refilled(state: ChimeState, key: string, { ratePerSecond, burst }: Quota): Bucket {
  const now = state.clock.now();
  const bucket = state.buckets.get(key) ?? { tokens: burst, at: now };
  bucket.tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * ratePerSecond);
  bucket.at = now;
  state.buckets.set(key, bucket);
  return bucket;
}
