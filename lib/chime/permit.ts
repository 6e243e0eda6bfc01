import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Wait for the permit of one call of an operation. `rate-limited`: the wait would be too long, and nothing was
 * reserved.
 */
export type Limiter = (operation: string) => Promise<'permitted' | 'rate-limited'>;

interface Permits {
  limiter: Limiter;
  operation: string;
}

const scope = new AsyncLocalStorage<Permits>();

/** Send one call. Retries of it by the SDK take their permits from the same limiter. */
export function withRetryPermits<T>(permits: Permits, send: () => Promise<T>): Promise<T> {
  return scope.run(permits, send);
}

/** The permit for one retry of the current call. */
export async function permitForRetry(): Promise<'permitted' | 'rate-limited'> {
  const permits = scope.getStore();
  return permits ? permits.limiter(permits.operation) : 'permitted';
}
