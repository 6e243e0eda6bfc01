import type { Call } from '../../call.ts';
import { isLimit, type Limit, type Trouble } from '../../chime/trouble.ts';
import { CLOCK_SKEW_MS } from '../../domain/meeting/clocks.ts';
import { FRESH_MS, isFresh, type Topology } from '../../domain/meeting/topology.ts';
import { coolDownAfter } from '../../domain/placement/cool-downs.ts';
import { limitAfterRefusal } from '../../domain/placement/learned-limit.ts';
import { note } from '../../log.ts';
import { measure } from '../../metrics.ts';
import { quotaFreeIn } from '../../store/quota.ts';
import { expireReplicaClaim, giveUpReplica, type ReplicaClaim } from '../../store/topology/replica-claims.ts';
import { freshTopology } from '../../store/topology/topologies.ts';
import { unlessAlive } from '../epoch/verify-primary.ts';
import type { Next } from '../shared/attempt.ts';
import { deleteLeftover, leaveReplicaBehind } from '../shared/leftovers.ts';

/** Work on one replica: the topology as it was read, and the claim that was won on it. */
export interface ReplicaWork {
  topology: Topology;
  claim: ReplicaClaim;
  /** No request worked on this ordinal before: what Chime did not do for this one does not exist. */
  isNew: boolean;
  call: Call;
}

/** As an outcome, `failed`: Chime failed to open it, and another media region may serve the viewer at once. */
export type ReplicaNext = Next | { retryAfterMs: number; failed: true };

const SOON = { retryAfterMs: 500 };
const LATER = { retryAfterMs: 1000 };

/**
 * CreateMeeting did not open the replica, so the claim must keep no other request waiting:
 * 1. Chime refuses it: its ordinal is given up, and the media region cools down.
 * 2. A limit is reached: its ordinal is given up, and the limit holds for a while.
 * 3. The call had no effect: its ordinal is given up.
 * 4. The meeting may exist: the claim is released for the next request to take over once the media region has cooled down.
 */
export async function leaveUnopened(work: ReplicaWork, trouble: Trouble): Promise<ReplicaNext> {
  const { topology, claim, isNew, call } = work;
  if (trouble === 'gone' || trouble === 'refused') return afterRefusal(work);
  if (trouble === 'conflict' && !isNew) return giveUp(work);
  if (isLimit(trouble)) return afterLimit(work, trouble);
  if (trouble === 'no-turn') return release(work, isNew, await afterTurn('CreateMeeting', call));
  if (trouble === 'throttled') return release(work, isNew, LATER);
  const now = call.now();
  await expireReplicaClaim(topology, claim, { at: now, coolDown: coolDown(work, 'unknown') });
  return { ...LATER, failed: true };
}

/** Not all seats could be minted for now: the next request takes the claim over, and goes on. */
export async function leaveUnfilled(work: ReplicaWork): Promise<Next> {
  return release(work, false, await afterTurn('BatchCreateAttendee', work.call));
}

/**
 * Chime does not find the replica that it has just opened or returned. A new meeting may not be found at first: two seconds prove
 * nothing. So the claim is released with the time of the first look; the ordinal is given up by a request that still does not
 * find the meeting much later, and the meeting is deleted, should it live after all.
 */
export async function leaveNotFound(work: ReplicaWork, meetingId: string): Promise<Next> {
  const { topology, claim, call } = work;
  const primary = await unlessAlive(topology, call);
  if (primary === 'moved-on') return 'at-once';
  if (primary === 'unknown') return release(work, false, LATER);
  const { goneSince = call.now() } = topology.replicas.find(({ ordinal }) => ordinal === claim.ordinal) ?? {};
  if (call.now() - goneSince >= FRESH_MS + CLOCK_SKEW_MS) return giveUp(work, meetingId);
  await expireReplicaClaim(topology, claim, { goneSince });
  return LATER;
}

/** A claim without effect is given up; any other is left for the next request to finish. */
async function release(
  { topology, claim }: ReplicaWork,
  hadNoEffect: boolean,
  next: { retryAfterMs: number },
): Promise<Next> {
  await (hadNoEffect ? giveUpReplica(topology, claim) : expireReplicaClaim(topology, claim));
  return next;
}

/** The ordinal is given up, and what its request token may have opened is deleted. */
async function giveUp(
  { topology, claim, call }: ReplicaWork,
  meetingId?: string,
  learned: Parameters<typeof giveUpReplica>[2] = {},
): Promise<Next> {
  const { ordinal: place, mediaRegion } = claim;
  const leftover = await leaveReplicaBehind(
    topology,
    { place, mediaRegion, ...(meetingId && { meetingId }) },
    call,
  );
  if ((await giveUpReplica(topology, claim, learned)) === 'lost') return 'soon';
  if (meetingId) await deleteLeftover(topology, leftover, call);
  return 'at-once';
}

/** Where the own rate limit makes a request wait, the bucket says for how long. */
async function afterTurn(operation: string, call: Call): Promise<{ retryAfterMs: number }> {
  return { retryAfterMs: Math.max(500, await quotaFreeIn(operation, call.now())) };
}

/** Nothing was opened. What was learned of the limit holds for a while: so many as are open were allowed. */
async function afterLimit({ topology, claim, call }: ReplicaWork, trouble: Limit): Promise<Next> {
  measure('ReplicaCeilingReached');
  const { replicas } = (await freshTopology(topology.externalMeetingId, call.now())) ?? topology;
  const others = replicas.filter(({ state }) => state === 'open').length;
  const names = trouble === 'replica-limit' ? 'replicas' : undefined;
  const limit = limitAfterRefusal(topology.learnedLimit, { others, names, now: call.now() });
  await giveUpReplica(topology, claim, { limit });
  return 'at-once';
}

/**
 * The primary may be dead, and then so is everything; or Chime opens nothing in this media region. A primary that was opened just
 * now may only not have been found yet: then nothing is wrong with the media region.
 */
async function afterRefusal(work: ReplicaWork): Promise<Next> {
  const { topology, claim, isNew, call } = work;
  const wasFresh = isFresh(topology, call.now());
  const primary = await unlessAlive(topology, call);
  if (primary === 'moved-on') return 'at-once';
  if (primary === 'unknown') return release(work, false, LATER);
  if (wasFresh) return release(work, isNew, SOON);
  note(call, { refusedIn: claim.mediaRegion });
  const learned = { coolDown: coolDown(work, 'refused') };
  if (!isNew) return giveUp(work, undefined, learned);
  await giveUpReplica(topology, claim, learned);
  return 'at-once';
}

function coolDown({ topology, claim, call }: ReplicaWork, because: 'refused' | 'unknown') {
  return coolDownAfter(topology.coolDowns?.[claim.mediaRegion], { because, now: call.now() });
}
