import type { Call } from '../../call.ts';
import type { FirstAttendee, Opened } from '../../chime/meetings.ts';
import { isTrouble, type Trouble } from '../../chime/trouble.ts';
import type { MediaRegion } from '../../domain/geo/media-regions.ts';
import { capacityOf, stageCapacity } from '../../domain/meeting/capabilities.ts';
import type { Lease } from '../../domain/meeting/topology.ts';
import { inThisEpoch, type Subject } from '../../store/participant/participants.ts';
import { claimPlace, dropPlace, putDownPlace } from '../../store/participant/places.ts';
import { claimPrimary, publishPrimary } from '../../store/topology/primary-claims.ts';
import type { Claimed } from '../../store/topology/topology-writes.ts';
import { onlyAttendee } from '../seats/only-attendee.ts';
import type { Next } from '../shared/attempt.ts';
import { inLine } from '../shared/chime-quota.ts';
import { leaseFor, orWhenLeaseEnds, underLease } from '../shared/lease.ts';
import { discardUnpublished } from '../shared/leftovers.ts';
import { openByToken, primaryMediaRegion, primaryRequest } from '../shared/meeting-request.ts';
import { untilFound } from '../shared/until-found.ts';
import { hold } from '../stage/occupy-place.ts';
import { leaveUnopened, mayExist, type PrimaryWork, startOver } from './unopened-primary.ts';

export interface PrimaryWish {
  first: FirstAttendee;
  mediaRegion: MediaRegion | undefined;
}

/**
 * Open the primary together with its first presenter's attendee, in one call. Of many who try, one wins the
 * claim. A crash leaves a claim that runs out; whoever takes it over gets the same meeting by its request
 * token, and clears it of whom the crashed one brought.
 */
export async function openPrimary(subject: Subject, wish: PrimaryWish, call: Call): Promise<Next> {
  const lease = leaseFor(call);
  if ((await claimPlace(subject, { lease, promoted: false, now: call.now() })) === 'lost') return 'soon';
  const ours = inThisEpoch(subject);
  const mediaRegion = primaryMediaRegion(ours.topology, wish.mediaRegion);
  const claimed = await claimPrimary(ours.topology, { mediaRegion, lease }, call.now());
  const step = { claimed, lease, mediaRegion, first: wish.first };
  if (claimed !== 'lost')
    return underLease(lease, call, () => create(ours, step, call)).catch(orWhenLeaseEnds('at-once' as const));
  await dropPlace(ours, lease);
  return 'soon';
}

interface Step {
  claimed: Claimed;
  lease: Lease;
  mediaRegion: MediaRegion;
  first: FirstAttendee;
}

async function create(ours: Subject, step: Step, call: Call): Promise<Next> {
  const request = { ...primaryRequest(ours.topology, step.mediaRegion), Attendees: [step.first] };
  const opened = await openByToken(inLine(call), request, call);
  if (isTrouble(opened)) return putDown(ours, { ...step, trouble: opened }, call);
  return publish(ours, { ...step, opened }, call);
}

async function publish(ours: Subject, step: Step & { opened: Opened }, call: Call): Promise<Next> {
  const { Meeting } = step.opened;
  const { lease, first, claimed, mediaRegion } = step;
  const found = await untilFound(Meeting.MeetingId, call);
  if (found === 'gone') return startOver(workOf(ours, step), Meeting.MeetingId, call);
  if (found === 'unknown') return putDown(ours, { ...step, trouble: 'unknown' }, call);
  const Attendee = await onlyAttendee(step.opened, { first, isNew: claimed === 'claimed' }, call);
  if (Attendee === 'gone') return startOver(workOf(ours, step), Meeting.MeetingId, call);
  if (isTrouble(Attendee)) return putDown(ours, { ...step, trouble: 'unknown' }, call);
  const capacity = stageCapacity(capacityOf(Meeting.MeetingFeatures as object | undefined));
  const now = call.now();
  const names = [first.ExternalUserId];
  if ((await publishPrimary(ours.topology, { Meeting, capacity, lease, now }, names)) === 'lost')
    return discardUnpublished(
      ours.topology,
      { place: 'primary', mediaRegion, meetingId: Meeting.MeetingId },
      call,
    );
  const topology = { ...ours.topology, primary: { state: 'open' as const, mediaRegion, capacity, Meeting } };
  return hold({ ...ours, topology }, { lease, Attendee, promoted: false }, call);
}

/** Nobody is kept waiting for what we could not finish, neither the next presenter nor this one. */
async function putDown(ours: Subject, step: Step & { trouble: Trouble }, call: Call): Promise<Next> {
  const { lease, claimed, trouble } = step;
  const place = { state: 'claimed' as const, lease, joinedAt: call.now() };
  await (mayExist(claimed, trouble) ? putDownPlace(ours, place) : dropPlace(ours, lease));
  return leaveUnopened(workOf(ours, step), trouble, call);
}

const workOf = ({ topology }: Subject, { lease, claimed, mediaRegion }: Step): PrimaryWork => ({
  ...{ topology, lease, claimed, mediaRegion },
});
