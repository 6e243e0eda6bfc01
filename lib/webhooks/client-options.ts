import { settings } from '../settings.ts';

/** Two attempts of `attemptTimeoutMs` end before the Lambda timeout. What fails then is retried by the queue or the stream. */
const ATTEMPTS = 2;

/** The options of an SDK client that does not wait longer than a function may. */
export function clientOptions() {
  const { attemptTimeoutMs } = settings();
  return {
    maxAttempts: ATTEMPTS,
    requestHandler: {
      connectionTimeout: attemptTimeoutMs,
      requestTimeout: attemptTimeoutMs,
      throwOnRequestTimeout: true,
    },
  };
}
