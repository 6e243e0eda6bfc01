import { allSettledOrThrow } from '../../all-settled.ts';
import { isChimeFailure } from '../../chime/failure.ts';
import type { RequestContext } from '../../context.ts';
import type { MediaRegion } from '../../domain/geo/media-regions.ts';
import { capacityOf, stageCapacity } from '../../domain/meeting/capabilities.ts';
import type { ChimeMeeting, Topology } from '../../domain/meeting/topology.ts';
import { claimPrimary, publishPrimary } from '../../store/topology/primary-claims.ts';
import { type Again, RETRY_NOW, RETRY_SHORTLY } from '../shared/attempt.ts';
import { chimeLimiter } from '../shared/chime-quota.ts';
import { leaseFor, orWhenLeaseEnds, underLease } from '../shared/lease.ts';
import { noteEpoch } from '../shared/ledger.ts';
import { discardUnpublished } from '../shared/leftovers.ts';
import { openByToken, primaryMediaRegion, primaryRequest } from '../shared/meeting-request.ts';
import { untilFound } from '../shared/until-found.ts';
import { startCaptions } from '../stage/captions.ts';
import { leaveUnopened, type PrimaryWork, startOver } from './unopened-primary.ts';

/**
 * Open the primary without a presenter, if the host's options allow it. Of many requests, one wins the claim. After
 * a crash, the request that takes over the claim gets the same meeting by its request token.
 */
export async function openUnattended(
  topology: Topology,
  near: MediaRegion | undefined,
  context: RequestContext,
): Promise<Again> {
  const lease = leaseFor(context);
  const mediaRegion = primaryMediaRegion(topology, near);
  const claimed = await claimPrimary(topology, { mediaRegion, lease, unattended: true }, context.now());
  if (claimed === 'conflict') return RETRY_SHORTLY;
  const work = { topology, lease, claimed, mediaRegion };
  return underLease(lease, context, () => create(work, context)).catch(orWhenLeaseEnds(RETRY_NOW));
}

async function create(work: PrimaryWork, context: RequestContext): Promise<Again> {
  const opened = await openByToken(
    chimeLimiter(context),
    primaryRequest(work.topology, work.mediaRegion),
    context,
  );
  if (isChimeFailure(opened)) return leaveUnopened(work, opened, context);
  const found = await untilFound(opened.Meeting.MeetingId, context);
  if (found === 'gone') return startOver(work, opened.Meeting.MeetingId, context);
  if (found === 'indeterminate') return leaveUnopened(work, found, context);
  return publish(work, { Meeting: opened.Meeting, unproven: found === 'unproven' }, context);
}

async function publish(
  { topology, lease, mediaRegion }: PrimaryWork,
  { Meeting, unproven }: { Meeting: ChimeMeeting; unproven: boolean },
  context: RequestContext,
): Promise<Again> {
  const capacity = stageCapacity(capacityOf(Meeting.MeetingFeatures));
  const opened = { Meeting, capacity, lease, unproven, now: context.now() };
  const published = await publishPrimary(topology, opened, []);
  if (published === 'published') {
    await allSettledOrThrow([noteEpoch(topology, 'opened', opened.now), startCaptions(topology, context)]);
    return RETRY_NOW;
  }
  return discardUnpublished(
    topology,
    { place: 'primary', mediaRegion, meetingId: Meeting.MeetingId },
    context,
  );
}
