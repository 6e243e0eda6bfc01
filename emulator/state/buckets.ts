import type { OperationName } from '../operation-names.ts';
import type { Bucket } from './records.ts';
import { type Scope, scopeKey } from './scope.ts';
import type { ChimeState } from './state.ts';

interface Quota {
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

function refilled(state: ChimeState, key: string, { ratePerSecond, burst }: Quota): Bucket {
  const now = state.clock.now();
  const bucket = state.buckets.get(key) ?? { tokens: burst, at: now };
  bucket.tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * ratePerSecond);
  bucket.at = now;
  state.buckets.set(key, bucket);
  return bucket;
}
