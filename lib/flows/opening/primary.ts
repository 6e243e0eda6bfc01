import { allSettledOrThrow } from '../../all-settled.ts';
import { type ChimeFailure, isChimeFailure } from '../../chime/failure.ts';
import type { FirstAttendee, Opened } from '../../chime/meetings.ts';
import type { RequestContext } from '../../context.ts';
import type { MediaRegion } from '../../domain/geo/media-regions.ts';
import { capacityOf, stageCapacity } from '../../domain/meeting/capabilities.ts';
import type { Lease } from '../../domain/meeting/topology.ts';
import { inThisEpoch, type Subject } from '../../store/participant/participants.ts';
import { claimPlace, deletePlace, releasePlace } from '../../store/participant/places.ts';
import { claimPrimary, publishPrimary } from '../../store/topology/primary-claims.ts';
import type { Claimed } from '../../store/topology/topology-writes.ts';
import { onlyAttendee } from '../seats/only-attendee.ts';
import { type Again, RETRY_NOW, RETRY_SHORTLY } from '../shared/attempt.ts';
import { chimeLimiter } from '../shared/chime-quota.ts';
import { leaseFor, orWhenLeaseEnds, underLease } from '../shared/lease.ts';
import { noteEpoch } from '../shared/ledger.ts';
import { discardUnpublished } from '../shared/leftovers.ts';
import { openByToken, primaryMediaRegion, primaryRequest } from '../shared/meeting-request.ts';
import { untilFound } from '../shared/until-found.ts';
import { startCaptions } from '../stage/captions.ts';
import { recordAttendee } from '../stage/occupy-place.ts';
import { leaveUnopened, mayExist, type PrimaryWork, startOver } from './unopened-primary.ts';

export interface PrimaryOptions {
  first: FirstAttendee;
  mediaRegion: MediaRegion | undefined;
}

/**
 * Open the primary together with its first presenter's attendee, in one call. Of many requests, one wins the claim.
 * A crash leaves a claim whose lease expires. The request that takes it over gets the same meeting by its request
 * token, and deletes the attendees of the crashed one.
 */
export async function openPrimary(
  subject: Subject,
  options: PrimaryOptions,
  context: RequestContext,
): Promise<Again> {
  const lease = leaseFor(context);
  if ((await claimPlace(subject, { lease, promoted: false, now: context.now() })) === 'conflict')
    return RETRY_SHORTLY;
  const ours = inThisEpoch(subject);
  const mediaRegion = primaryMediaRegion(ours.topology, options.mediaRegion);
  const claimed = await claimPrimary(ours.topology, { mediaRegion, lease }, context.now());
  const step = { claimed, lease, mediaRegion, first: options.first };
  if (claimed !== 'conflict')
    return underLease(lease, context, () => create(ours, step, context)).catch(orWhenLeaseEnds(RETRY_NOW));
  await deletePlace(ours, lease);
  return RETRY_SHORTLY;
}

interface Step {
  claimed: Claimed;
  lease: Lease;
  mediaRegion: MediaRegion;
  first: FirstAttendee;
}

async function create(ours: Subject, step: Step, context: RequestContext): Promise<Again> {
  const request = { ...primaryRequest(ours.topology, step.mediaRegion), Attendees: [step.first] };
  const opened = await openByToken(chimeLimiter(context), request, context);
  if (isChimeFailure(opened)) return releaseClaims(ours, { ...step, failure: opened }, context);
  return publish(ours, { ...step, opened }, context);
}

async function publish(
  ours: Subject,
  step: Step & { opened: Opened },
  context: RequestContext,
): Promise<Again> {
  const { Meeting } = step.opened;
  const { lease, first, claimed, mediaRegion } = step;
  const found = await untilFound(Meeting.MeetingId, context);
  if (found === 'gone') return startOver(workOf(ours, step), Meeting.MeetingId, context);
  if (found === 'indeterminate') return releaseClaims(ours, { ...step, failure: 'indeterminate' }, context);
  const Attendee = await onlyAttendee(step.opened, { first, isNew: claimed === 'claimed' }, context);
  if (Attendee === 'gone') return startOver(workOf(ours, step), Meeting.MeetingId, context);
  if (isChimeFailure(Attendee)) return releaseClaims(ours, { ...step, failure: 'indeterminate' }, context);
  const capacity = stageCapacity(capacityOf(Meeting.MeetingFeatures));
  const published = { Meeting, capacity, lease, unproven: found === 'unproven', now: context.now() };
  if ((await publishPrimary(ours.topology, published, [first.ExternalUserId])) === 'conflict')
    return discardUnpublished(
      ours.topology,
      { place: 'primary', mediaRegion, meetingId: Meeting.MeetingId },
      context,
    );
  const primary = { state: 'open' as const, mediaRegion, capacity, Meeting };
  const topology = { ...ours.topology, status: 'live' as const, primary };
  const [recorded] = await allSettledOrThrow([
    recordAttendee({ ...ours, topology }, { lease, Attendee, promoted: false }, context),
    noteEpoch(topology, 'opened', published.now),
    startCaptions(topology, context),
  ]);
  return recorded;
}

/**
 * Release or delete the claims after a failure, so that neither this presenter nor the next has to wait for the
 * lease.
 */
async function releaseClaims(
  ours: Subject,
  step: Step & { failure: ChimeFailure },
  context: RequestContext,
): Promise<Again> {
  const { lease, claimed, failure } = step;
  const place = { state: 'claimed' as const, lease, joinedAt: context.now() };
  await (mayExist(claimed, failure) ? releasePlace(ours, place) : deletePlace(ours, lease));
  return leaveUnopened(workOf(ours, step), failure, context);
}

const workOf = ({ topology }: Subject, { lease, claimed, mediaRegion }: Step): PrimaryWork => ({
  ...{ topology, lease, claimed, mediaRegion },
});
