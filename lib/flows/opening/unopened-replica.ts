import { type ChimeFailure, isLimit, type Limit } from '../../chime/failure.ts';
import type { RequestContext } from '../../context.ts';
import { CLOCK_SKEW_MS } from '../../domain/meeting/clocks.ts';
import { FRESH_MS, isFresh } from '../../domain/meeting/freshness.ts';
import type { LiveTopology } from '../../domain/meeting/topology.ts';
import { coolDownAfter } from '../../domain/placement/cool-downs.ts';
import { limitAfterRefusal } from '../../domain/placement/learned-limit.ts';
import { note } from '../../log.ts';
import { measure } from '../../metrics.ts';
import { quotaFreeIn } from '../../store/quota.ts';
import type { ReplicaClaim } from '../../store/topology/replica-claim.ts';
import { deleteReplicaClaim, releaseReplicaClaim } from '../../store/topology/replica-releases.ts';
import { freshTopology } from '../../store/topology/topologies.ts';
import { unlessAlive } from '../epoch/verify-primary.ts';
import { type Again, type ClientRetry, clientRetry, RETRY_NOW, RETRY_SHORTLY } from '../shared/attempt.ts';
import { deleteLeftover, leaveReplicaBehind } from '../shared/leftovers.ts';

/** Work on one replica: the topology as it was read, and the claim that this request won. */
export interface ReplicaWork {
  topology: LiveTopology;
  claim: ReplicaClaim;
  /** No request worked on this ordinal before, so what Chime rejected for this one does not exist. */
  isNew: boolean;
  context: RequestContext;
}

const SOON = clientRetry(500);
const LATER = clientRetry(1000);

/**
 * Handle a replica that CreateMeeting did not open. The claim must not keep other requests waiting:
 * 1. Chime rejects it: the claim is deleted, and the media region cools down.
 * 2. A limit is reached: the claim is deleted, and the limit holds for a while.
 * 3. The call had no effect: the claim is deleted.
 * 4. The meeting may exist: the claim is released, to be taken over after the cool-down of the media region.
 */
export async function leaveUnopened(work: ReplicaWork, failure: ChimeFailure): Promise<Again> {
  const { topology, claim, isNew, context } = work;
  if (failure === 'gone' || failure === 'rejected') return afterRefusal(work);
  if (failure === 'conflict' && !isNew) return deleteClaim(work);
  if (isLimit(failure)) return afterLimit(work, failure);
  if (failure === 'rate-limited') return release(work, isNew, await whenPermitted('CreateMeeting', context));
  if (failure === 'throttled') return release(work, isNew, LATER);
  const now = context.now();
  await releaseReplicaClaim(topology, claim, { at: now, coolDown: coolDown(work, 'indeterminate') });
  return clientRetry(LATER.retryAfterMs, { failed: true });
}

/** Delete the claim of a replica for whose seats no permits were left: nothing was asked of Chime. */
export async function leaveUnreserved(work: ReplicaWork): Promise<Again> {
  return release(work, work.isNew, await whenPermitted('BatchCreateAttendee', work.context));
}

/** Release the claim after only some seats were minted: the next request takes it over and continues. */
export async function leaveUnfilled(work: ReplicaWork): Promise<Again> {
  return release(work, false, await whenPermitted('BatchCreateAttendee', work.context));
}

/**
 * Handle a replica that Chime opened or returned for this request, and then does not find. Chime may not find a new
 * meeting at first, so one look proves nothing. The claim is released with the time of the first look. A request
 * that looks much later and does not find the meeting either deletes the claim and the meeting.
 */
export async function leaveNotFound(work: ReplicaWork, meetingId: string): Promise<Again> {
  const { topology, claim, context } = work;
  const primary = await unlessAlive(topology, context);
  if (primary === 'moved-on') return RETRY_NOW;
  if (primary === 'indeterminate') return release(work, false, LATER);
  const { goneSince = context.now() } =
    topology.replicas.find(({ ordinal }) => ordinal === claim.ordinal) ?? {};
  if (context.now() - goneSince >= FRESH_MS + CLOCK_SKEW_MS) return deleteClaim(work, meetingId);
  await releaseReplicaClaim(topology, claim, { goneSince });
  return LATER;
}

/** Delete a claim without effect; release any other for the next request. */
async function release(
  { topology, claim }: ReplicaWork,
  hadNoEffect: boolean,
  next: ClientRetry,
): Promise<Again> {
  await (hadNoEffect ? deleteReplicaClaim(topology, claim) : releaseReplicaClaim(topology, claim));
  return next;
}

/** Delete the claim with its ordinal, and what its request token may have opened. */
async function deleteClaim(
  { topology, claim, context }: ReplicaWork,
  meetingId?: string,
  learned: Parameters<typeof deleteReplicaClaim>[2] = {},
): Promise<Again> {
  const { ordinal: place, mediaRegion } = claim;
  const leftover = await leaveReplicaBehind(
    topology,
    { place, mediaRegion, ...(meetingId && { meetingId }) },
    context,
  );
  if ((await deleteReplicaClaim(topology, claim, learned)) === 'conflict') return RETRY_SHORTLY;
  if (meetingId) await deleteLeftover(topology, leftover, context);
  return RETRY_NOW;
}

/** How long the client waits when our own rate limit was reached: until the bucket has a permit. */
async function whenPermitted(operation: string, context: RequestContext): Promise<ClientRetry> {
  return clientRetry(Math.max(500, await quotaFreeIn(operation, context.now())));
}

/**
 * Record the limit: as many replicas as are open now. It holds until a replica opens beyond it, or a host changes
 * the options or the forecast.
 */
async function afterLimit({ topology, claim, context }: ReplicaWork, failure: Limit): Promise<Again> {
  measure('ReplicaCeilingReached');
  const { replicas } = (await freshTopology(topology.externalMeetingId, context.now())) ?? topology;
  const others = replicas.filter(({ state }) => state === 'open').length;
  const names = failure === 'replica-limit' ? 'replicas' : undefined;
  const limit = limitAfterRefusal(topology.learnedLimit, { others, names, now: context.now() });
  await deleteReplicaClaim(topology, claim, { limit });
  return RETRY_NOW;
}

/**
 * Handle a rejection: the primary is dead, or Chime opens nothing in this media region. If the primary was just
 * opened, Chime may not find it yet; then the media region is not at fault.
 */
async function afterRefusal(work: ReplicaWork): Promise<Again> {
  const { topology, claim, isNew, context } = work;
  const wasFresh = isFresh(topology, context.now());
  const primary = await unlessAlive(topology, context);
  if (primary === 'moved-on') return RETRY_NOW;
  if (primary === 'indeterminate') return release(work, false, LATER);
  if (wasFresh) return release(work, isNew, SOON);
  note(context, { refusedIn: claim.mediaRegion });
  const learned = { coolDown: coolDown(work, 'rejected') };
  if (!isNew) return deleteClaim(work, undefined, learned);
  await deleteReplicaClaim(topology, claim, learned);
  return RETRY_NOW;
}

function coolDown({ topology, claim, context }: ReplicaWork, because: 'rejected' | 'indeterminate') {
  return coolDownAfter(topology.coolDowns?.[claim.mediaRegion], { because, now: context.now() });
}
