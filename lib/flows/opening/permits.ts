import type { Limiter } from '../../chime/ask.ts';
import type { RequestContext } from '../../context.ts';
import { beforeAttempt, remainingMs } from '../../deadline.ts';
import { bucketOf, freeInMs } from '../../domain/crowd/bucket.ts';
import { callsEach } from '../../domain/crowd/crowd.ts';
import { competing, fairWaitMs, hasRoom, pastCompetitors } from '../../domain/crowd/fair-wait.ts';
import { isStillClaimable } from '../../domain/meeting/ordinals.ts';
import type { ReplicaPermits, Topology } from '../../domain/meeting/topology.ts';
import { takesPlace } from '../../domain/placement/remaining-replicas.ts';
import { readBeforeClaim } from '../../store/before-claim.ts';
import { type Opener, reservePermits } from '../../store/quota.ts';
import { type Again, clientRetry, RETRY_SHORTLY } from '../shared/attempt.ts';
import { chimeLimiter, type MaxWait, maxWaitMs, reservedFirst } from '../shared/chime-quota.ts';
import { paceOf } from './pace.ts';

/** The operation that every replica needs most of. */
const OPERATION = 'BatchCreateAttendee';

/** A replica that a name may open now. `opener`: undefined if so many names open replicas that this one is not recorded. */
export interface Share {
  calls: number;
  maxWaitMs: number;
  /** What the claim on the replica says of the quota. */
  permits: ReplicaPermits;
  opener: Opener | undefined;
}

/**
 * Whether it is this name's time to open a replica, as far as names that open replicas at once share the quota fairly. Otherwise
 * it should ask again after some time, or read the topology again, because another request has claimed the ordinal, or ended the
 * meeting. Nothing is reserved yet.
 */
export async function fairShare(
  topology: Topology,
  { ordinal, maxWait = 'long' }: { ordinal: number; maxWait?: MaxWait | undefined },
  context: RequestContext,
): Promise<Share | Again> {
  const { externalMeetingId } = topology;
  const now = context.now();
  const { quota, topology: fresh } = await readBeforeClaim(externalMeetingId, OPERATION, now);
  if (!fresh || !isStillClaimable(topology, fresh, ordinal)) return RETRY_SHORTLY;
  const { competitors, spokenUntil } = quota;
  const pace = paceOf(topology);
  const calls = callsEach(pace.seatsEach);
  const replicas = fresh.replicas.filter((one) => one.ordinal !== ordinal && takesPlace(one)).length;
  const others = competing(competitors, { own: externalMeetingId, now });
  const replicaMs = (calls * 1000) / pace.ratePerSecond;
  const waitMs = fairWaitMs(replicas, others, { replicaMs, maxWaitMs: maxWaitMs(maxWait) });
  const overMs = freeInMs({ spokenUntil, rate: pace }, calls, now) - waitMs;
  if (overMs > 0 && others.length > 0)
    return clientRetry(Math.max(MOST_OFTEN_MS, overMs), { isOthersTime: true });
  const opener = {
    externalMeetingId,
    competitor: { replicas: replicas + 1, at: now },
    past: pastCompetitors(competitors, now),
  };
  const isRecorded = externalMeetingId in competitors || hasRoom(competitors);
  const until = Math.max(now, spokenUntil) + calls * bucketOf(pace).cost;
  const permits = { until, names: others.length + 1 };
  return { calls, permits, maxWaitMs: waitMs, opener: isRecorded ? opener : undefined };
}

/** An opener asks at most so often (milliseconds). */
const MOST_OFTEN_MS = 200;

/**
 * Reserve the permits that mint the seats of a new replica, all in one write, and record that its name opens replicas. Returns a
 * limiter that gives them out, each at its time. Calls beyond them take permits as usual.
 */
export async function reserveShare(
  { calls, maxWaitMs: fairMs, opener }: Share,
  maxWait: MaxWait | undefined,
  context: RequestContext,
): Promise<Limiter | 'rate-limited'> {
  beforeAttempt();
  const now = context.now();
  const waitMs = Math.min(fairMs, Math.max(0, remainingMs()));
  const permits = await reservePermits(OPERATION, calls, {
    now,
    maxWaitMs: waitMs,
    ...(opener && { opener }),
  });
  if ('retryAfterMs' in permits) return 'rate-limited';
  const reserved = permits.waitsMs.map((ms) => now + ms);
  return reservedFirst({ operation: OPERATION, reserved }, chimeLimiter(context, maxWait ?? 'long'), context);
}
