import type { OperationName } from '../operation-names.ts';
import type { Bucket } from './records.ts';
import { type Scope, scopeKey } from './scope.ts';
import type { ChimeState } from './state.ts';

export interface Quota {
  ratePerSecond: number;
  burst: number;
}

/**
 * Takes a token of the operation's bucket, and one of the bucket of all operations if there is such a quota. It takes both or
 * none: a request refused by one does not use up the other.
 */
export function takeRate(state: ChimeState, scope: Scope, operation: OperationName): boolean {
  const buckets = [refilled(state, `${scopeKey(scope)}/${operation}`, quotaOf(state, operation))];
  if (state.options.aggregateRatePerSecond > 0) {
    buckets.push(refilled(state, `${scopeKey(scope)}/*`, quotaOf(state, '*')));
  }
  if (buckets.some((bucket) => bucket.tokens < 1)) return false;
  for (const bucket of buckets) bucket.tokens -= 1;
  return true;
}

/** The calls left in one bucket. `*` is the bucket of all operations. */
export interface CallsLeft {
  accountId: string;
  controlRegion: string;
  operation: string;
  left: number;
  burst: number;
  ratePerSecond: number;
}

/** The calls left now for every operation that was ever called. Nothing is taken. */
export function callsLeft(state: ChimeState): CallsLeft[] {
  return [...state.buckets.keys()].map((key) => {
    const [accountId = '', controlRegion = '', operation = ''] = key.split('/');
    const quota = quotaOf(state, operation);
    const { tokens } = refilled(state, key, quota);
    return { accountId, controlRegion, operation, left: Math.floor(tokens), ...quota };
  });
}

function quotaOf({ options }: ChimeState, operation: string): Quota {
  if (operation === '*') {
    return { ratePerSecond: options.aggregateRatePerSecond, burst: options.aggregateBurst };
  }
  const { ratePerSecond, burst } = options.quotaByOperation[operation as OperationName] ?? options;
  return { ratePerSecond, burst };
}

function refilled(state: ChimeState, key: string, quota: Quota): Bucket {
  const bucket = refill(state.buckets.get(key), quota, state.clock.now());
  state.buckets.set(key, bucket);
  return bucket;
}

/** A bucket as it is now; a new one is full. */
export function refill(before: Bucket | undefined, { ratePerSecond, burst }: Quota, now: number): Bucket {
  const { tokens, at } = before ?? { tokens: burst, at: now };
  return { tokens: Math.min(burst, tokens + (Math.max(0, now - at) / 1000) * ratePerSecond), at: now };
}
