import type { ChimeFailure } from '../../chime/failure.ts';
import type { RequestContext } from '../../context.ts';
import type { MediaRegion } from '../../domain/geo/media-regions.ts';
import { ofPrimary, primaryProblemOf } from '../../domain/meeting/problems.ts';
import type { Lease, Topology } from '../../domain/meeting/topology.ts';
import { note } from '../../log.ts';
import { Refusal } from '../../refusals.ts';
import { forgetRequest } from '../../store/requests.ts';
import { openEpochClaimed } from '../../store/topology/epochs.ts';
import { deletePrimaryClaim, releasePrimaryClaim } from '../../store/topology/primary-claims.ts';
import type { Claimed } from '../../store/topology/topology-writes.ts';
import { type Again, clientRetry, RETRY_NOW, type Retry } from '../shared/attempt.ts';
import { declined } from '../shared/chime-quota.ts';
import { leavePrimaryBehind } from '../shared/leftovers.ts';
import { primaryRequest } from '../shared/meeting-request.ts';

/** Work on the primary: the topology as it was read, and the claim that this request won. */
export interface PrimaryWork {
  topology: Topology;
  lease: Lease;
  claimed: Claimed;
  mediaRegion: MediaRegion;
}

const LATER_MS = 1000;
/** Used when only a host can help, by changing the options. */
const MUCH_LATER_MS = 5000;
const REFUSED = 'Chime rejects a meeting with these tags, meetingFeatures and capabilities: change them.';

/** Whether the meeting may exist at Chime: after an indeterminate call, or if an earlier request worked on it. */
export function mayExist(claimed: Claimed, failure: ChimeFailure): boolean {
  return claimed === 'taken-over' || failure === 'indeterminate' || failure === 'conflict';
}

/**
 * Whether Chime rejects the first request of this token, repeated word for word. Then it opened nothing, or an
 * earlier version of this service sent another body under this token. No retry helps.
 */
function isBarred(claimed: Claimed, failure: ChimeFailure): boolean {
  return claimed === 'taken-over' && (failure === 'rejected' || failure === 'conflict');
}

/**
 * Handle a primary that was not opened. The claim must not keep other requests waiting:
 * 1. Chime rejects the first request of this token: the next epoch begins, with its own token and request.
 * 2. The meeting may exist: the claim is released, to be taken over in the media region that it names.
 * 3. The call had no effect: claim and first request are deleted.
 * If Chime rejects the options, only a host can help, by changing them.
 */
export async function leaveUnopened(
  work: PrimaryWork,
  failure: ChimeFailure,
  context: RequestContext,
): Promise<Again> {
  const { topology, lease, claimed, mediaRegion } = work;
  if (isBarred(claimed, failure)) {
    await leavePrimaryBehind(topology, { mediaRegion }, context);
    await openEpochClaimed(topology, lease);
    return RETRY_NOW;
  }
  const problem = primaryProblemOf(topology, { failure, mediaRegion, now: context.now() });
  if (mayExist(claimed, failure)) await releasePrimaryClaim(topology, lease, problem);
  else {
    await forgetRequest(primaryRequest(topology, mediaRegion));
    await deletePrimaryClaim(topology, lease, problem);
  }
  if (failure === 'gone') throw declined(failure);
  if (failure !== 'rejected') return clientRetry(LATER_MS, problem && { detail: ofPrimary(problem).detail });
  note(context, { opening: REFUSED });
  if (context.caller.role === 'viewer') return clientRetry(MUCH_LATER_MS);
  throw new Refusal('BAD_REQUEST', { detail: REFUSED });
}

/**
 * Begin the next epoch after the meeting died before it was published, because its request token would return it
 * again. If the meeting does exist, the reconciler deletes it.
 */
export async function startOver(
  { topology, lease, mediaRegion }: PrimaryWork,
  meetingId: string,
  context: RequestContext,
): Promise<Retry> {
  await leavePrimaryBehind(topology, { mediaRegion, meetingId }, context);
  await openEpochClaimed(topology, lease);
  return RETRY_NOW;
}
