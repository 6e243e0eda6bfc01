import { beforeAttempt, DeadlineExceeded } from '../deadline.ts';

/**
 * Why a call to Chime was not done:
 * 1. `rate-limited`: no permit under our share of the quota; the call was not made.
 * 2. `throttled`: no effect, retry later.
 * 3. `gone`: no such meeting or attendee.
 * 4. `limit`, `replica-limit`: a hard quota.
 * 5. `conflict`: the same request is being served elsewhere.
 * 6. `rejected`: the request itself is invalid.
 * 7. `indeterminate`: no response, or a 5xx; it may have been done.
 */
export type ChimeFailure =
  | 'rate-limited'
  | 'throttled'
  | 'gone'
  | Limit
  | 'conflict'
  | 'rejected'
  | 'indeterminate';
/** A hard quota. `replica-limit`: its message names replicas, so it is the primary's quota of them. */
export type Limit = 'limit' | 'replica-limit';

const REPLICA_LIMIT = 'ReplicaLimitExceeded';

/**
 * https://docs.aws.amazon.com/chime-sdk/latest/APIReference/CommonErrors.html; ValidationException is not listed
 * there but was observed.
 */
const byName: Record<string, Exclude<ChimeFailure, 'rate-limited'>> = {
  ThrottlingException: 'throttled',
  ThrottledClientException: 'throttled',
  NotFoundException: 'gone',
  LimitExceededException: 'limit',
  [REPLICA_LIMIT]: 'replica-limit',
  UnprocessableEntityException: 'limit', // AWS does not document which error a full meeting returns
  ConflictException: 'conflict',
  BadRequestException: 'rejected',
  ValidationException: 'rejected',
  ForbiddenException: 'rejected', // AWS does not document the error of a replica of a dead primary
};

interface SdkError extends Error {
  $metadata?: { httpStatusCode?: number };
}

const unanswered = new WeakSet<Error>();

/** Mark an error: an earlier attempt of the same call got no response at all. */
export function markMayBeDone(error: Error): void {
  unanswered.add(error);
}

/** The failure that an SDK error means; undefined for a bug or a misconfiguration. */
export function failureOf(error: unknown): ChimeFailure | undefined {
  const failure = lastFailureOf((error ?? {}) as SdkError);
  const hadNoEffect = failure === 'throttled' || isLimit(failure);
  return hadNoEffect && unanswered.has(error as Error) ? 'indeterminate' : failure;
}

/** The failure of the last attempt. */
function lastFailureOf(error: SdkError): ChimeFailure | undefined {
  const { name, $metadata } = error;
  const status = $metadata?.httpStatusCode;
  if (byName[name]) return byName[name];
  if (status === 429) return 'throttled';
  return status === undefined || status >= 500 ? unlessOurs(error) : undefined;
}

/** Return a failure of Chime as a value. Any other error is thrown, and so is the end of the deadline. */
export async function failureAsValue<T extends object>(call: Promise<T>): Promise<T | ChimeFailure> {
  try {
    return await call;
  } catch (error) {
    beforeAttempt();
    const failure = error instanceof DeadlineExceeded ? undefined : failureOf(error);
    if (failure) return failure;
    throw error;
  }
}

/**
 * Treat Forbidden as success: Chime was seen to return it for a second delete
 * (https://github.com/aws/aws-sdk-net/issues/1571).
 */
export function unlessForbidden(error: Error): object {
  if (error.name === 'ForbiddenException') return {};
  throw error;
}

/**
 * `indeterminate` for an error without a status, which means no response. A TypeError is our bug, not a network
 * error.
 */
function unlessOurs(error: unknown): ChimeFailure | undefined {
  return error instanceof TypeError ? undefined : 'indeterminate';
}

/** Distinguish the limit of replicas of one primary from the account's limit of meetings, if the message does. */
export function namingReplicas(error: Error): never {
  const isOfReplicas = byName[error.name] === 'limit' && /replica/i.test(error.message);
  throw isOfReplicas ? Object.assign(error, { name: REPLICA_LIMIT }) : error;
}

/** Whether a hard quota was reached, so that nothing was done. */
export function isLimit(failure: unknown): failure is Limit {
  return failure === 'limit' || failure === 'replica-limit';
}

/** Whether a call failed. */
export function isChimeFailure(answer: object | ChimeFailure): answer is ChimeFailure {
  return typeof answer === 'string';
}
