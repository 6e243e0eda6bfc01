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
import { declined } from '../shared/chime-quota.ts';
import { leavePrimaryBehind } from '../shared/leftovers.ts';
import { primaryRequest } from '../shared/meeting-request.ts';

/** Whose work on the primary this is: the topology as it was read, and the claim that we won on it. */
export interface PrimaryWork {
  topology: Topology;
  lease: Lease;
  claimed: Claimed;
  mediaRegion: MediaRegion;
}

const LATER = { retryAfterMs: 1000 };
/** Nothing helps but a host who changes the options. */
const MUCH_LATER = { retryAfterMs: 5000 };
const REFUSED =
  'Chime refused to open a meeting with these tags, meetingFeatures and capabilities: change them.';

/** May the meeting exist at Chime? After a lost answer it may, and where somebody else set out before us. */
export function mayExist(claimed: Claimed, trouble: ChimeFailure): boolean {
  return claimed === 'taken-over' || trouble === 'indeterminate' || trouble === 'conflict';
}

/**
 * Does Chime refuse the first request of this token, repeated word for word? It opened nothing then, or another body than the
 * remembered one was sent under this token, by an earlier version of this service: no repetition helps.
 */
function isBarred(claimed: Claimed, trouble: ChimeFailure): boolean {
  return claimed === 'taken-over' && (trouble === 'rejected' || trouble === 'conflict');
}

/**
 * The primary is not open, so the claim must keep no other request waiting:
 * 1. Chime will not open this token's first request: the next epoch begins, with a token and a request of its own.
 * 2. The meeting may exist: the claim is released, for the next request to take over in the media region that it names.
 * 3. The call had no effect: claim and first request are deleted.
 * What Chime refuses only a host can mend, by other options.
 */
export async function leaveUnopened(
  work: PrimaryWork,
  trouble: ChimeFailure,
  context: RequestContext,
): Promise<'now' | { retryAfterMs: number; detail?: string }> {
  const { topology, lease, claimed, mediaRegion } = work;
  if (isBarred(claimed, trouble)) {
    await leavePrimaryBehind(topology, { mediaRegion }, context);
    await openEpochClaimed(topology, lease);
    return 'now';
  }
  const problem = primaryProblemOf(topology, { trouble, mediaRegion, now: context.now() });
  if (mayExist(claimed, trouble)) await releasePrimaryClaim(topology, lease, problem);
  else {
    await forgetRequest(primaryRequest(topology, mediaRegion));
    await deletePrimaryClaim(topology, lease, problem);
  }
  if (trouble === 'gone') throw declined(trouble);
  if (trouble !== 'rejected') return problem ? { ...LATER, detail: ofPrimary(problem).detail } : LATER;
  note(context, { opening: REFUSED });
  if (context.caller.role === 'viewer') return MUCH_LATER;
  throw new Refusal('BAD_REQUEST', { detail: REFUSED });
}

/**
 * The meeting that was opened died before it was published. Its request token would hand it back for ever, so the next epoch
 * begins. Should the meeting live after all, the reconciler deletes it.
 */
export async function startOver(
  { topology, lease, mediaRegion }: PrimaryWork,
  meetingId: string,
  context: RequestContext,
): Promise<'now'> {
  await leavePrimaryBehind(topology, { mediaRegion, meetingId }, context);
  await openEpochClaimed(topology, lease);
  return 'now';
}
