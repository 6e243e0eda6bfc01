/** Transient errors of AWS and of the network: a retry may succeed in a moment. */
const PASSING = new Set([
  'ThrottlingException',
  'ThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'ProvisionedThroughputExceededException',
  'ServiceUnavailableException',
  'ServiceFailureException',
  'InternalServerError',
  'TimeoutError',
  'AbortError',
  'DeadlineExceeded',
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
]);

const DEPTH = 4;

/** Whether a dependency is down or throttles this service, as opposed to a bug. */
export function isOutage(error: unknown, depth = DEPTH): boolean {
  if (typeof error !== 'object' || error === null || depth === 0) return false;
  const { name, code, $metadata, cause } = error as Record<string, unknown>;
  if ([name, code].some((word) => typeof word === 'string' && PASSING.has(word))) return true;
  const status = ($metadata as { httpStatusCode?: number } | undefined)?.httpStatusCode ?? 0;
  return status === 429 || status >= 500 || isOutage(cause, depth - 1);
}
