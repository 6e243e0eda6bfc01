import { beforeAttempt, DeadlineExceeded } from '../deadline.ts';

/**
 * What comes instead of its being done. `no-turn`: our share of the quota is spoken for, and Chime was not asked. Or
 * Chime answers: `throttled` (no effect, ask later), `gone` (no such meeting or
 * attendee, or no more), `limit` (a hard quota), `conflict` (the same request is being served elsewhere),
 * `refused` (the request itself), `unknown` (no answer, or a 5xx: it may have been done).
 */
export type ChimeFailure =
  | 'rate-limited'
  | 'throttled'
  | 'gone'
  | Limit
  | 'conflict'
  | 'rejected'
  | 'indeterminate';
/** A hard quota; where its message names replicas, the primary's quota of them. */
export type Limit = 'limit' | 'replica-limit';

const REPLICA_LIMIT = 'ReplicaLimitExceeded';

/** https://docs.aws.amazon.com/chime-sdk/latest/APIReference/CommonErrors.html, and ValidationException as seen in the wild. */
const byName: Record<string, Exclude<ChimeFailure, 'rate-limited'>> = {
  ThrottlingException: 'throttled',
  ThrottledClientException: 'throttled',
  NotFoundException: 'gone',
  LimitExceededException: 'limit',
  [REPLICA_LIMIT]: 'replica-limit',
  UnprocessableEntityException: 'limit', // which of the two a full meeting answers is not documented
  ConflictException: 'conflict',
  BadRequestException: 'rejected',
  ValidationException: 'rejected',
  ForbiddenException: 'rejected', // what a replica of a dead primary is answered with is not documented
};

interface SdkError extends Error {
  $metadata?: { httpStatusCode?: number };
}

const unanswered = new WeakSet<Error>();

/** Note of an error that an earlier attempt of the same call got no answer at all. */
export function markMayBeDone(error: Error): void {
  unanswered.add(error);
}

/** Which trouble an error of the SDK means; undefined for one that is a bug or a misconfiguration of ours. */
export function failureOf(error: unknown): ChimeFailure | undefined {
  const trouble = lastFailureOf((error ?? {}) as SdkError);
  const hadNoEffect = trouble === 'throttled' || isLimit(trouble);
  return hadNoEffect && unanswered.has(error as Error) ? 'indeterminate' : trouble;
}

/** What the last attempt came to. */
function lastFailureOf(error: SdkError): ChimeFailure | undefined {
  const { name, $metadata } = error;
  const status = $metadata?.httpStatusCode;
  if (byName[name]) return byName[name];
  if (status === 429) return 'throttled';
  return status === undefined || status >= 500 ? unlessOurs(error) : undefined;
}

/** Trouble is an outcome, not an exception. What is neither done nor trouble is thrown, and so is the end of our own time. */
export async function failureAsValue<T extends object>(call: Promise<T>): Promise<T | ChimeFailure> {
  try {
    return await call;
  } catch (error) {
    beforeAttempt();
    const trouble = error instanceof DeadlineExceeded ? undefined : failureOf(error);
    if (trouble) return trouble;
    throw error;
  }
}

/** Chime was seen to answer Forbidden to a second delete (https://github.com/aws/aws-sdk-net/issues/1571). */
export function unlessForbidden(error: Error): object {
  if (error.name === 'ForbiddenException') return {};
  throw error;
}

/** Without a status there was no answer; but a TypeError is a bug of ours, not the network's. */
function unlessOurs(error: unknown): ChimeFailure | undefined {
  return error instanceof TypeError ? undefined : 'indeterminate';
}

/** Tell the limit of replicas of one primary from the account's limit of meetings, where the message does. */
export function namingReplicas(error: Error): never {
  const isOfReplicas = byName[error.name] === 'limit' && /replica/i.test(error.message);
  throw isOfReplicas ? Object.assign(error, { name: REPLICA_LIMIT }) : error;
}

/** Did Chime refuse for a hard quota? Then nothing was done. */
export function isLimit(trouble: unknown): trouble is Limit {
  return trouble === 'limit' || trouble === 'replica-limit';
}

/** Is it what was asked for? */
export function isChimeFailure(answer: object | ChimeFailure): answer is ChimeFailure {
  return typeof answer === 'string';
}
