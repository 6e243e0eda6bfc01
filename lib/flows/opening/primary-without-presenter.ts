import type { Call } from '../../call.ts';
import { isTrouble } from '../../chime/trouble.ts';
import type { MediaRegion } from '../../domain/geo/media-regions.ts';
import { capacityOf, stageCapacity } from '../../domain/meeting/capabilities.ts';
import type { ChimeMeeting, Topology } from '../../domain/meeting/topology.ts';
import { claimPrimary, publishPrimary } from '../../store/topology/primary-claims.ts';
import type { Next } from '../shared/attempt.ts';
import { inLine } from '../shared/chime-quota.ts';
import { leaseFor, orWhenLeaseEnds, underLease } from '../shared/lease.ts';
import { discardUnpublished } from '../shared/leftovers.ts';
import { openByToken, primaryMediaRegion, primaryRequest } from '../shared/meeting-request.ts';
import { untilFound } from '../shared/until-found.ts';
import { leaveUnopened, type PrimaryWork, startOver } from './unopened-primary.ts';

/**
 * Open the primary with nobody on stage, where the host said that viewers need not wait. Of many who try, one
 * wins the claim; after a crash whoever takes it over gets the same meeting by its request token.
 */
export async function openUnattended(
  topology: Topology,
  near: MediaRegion | undefined,
  call: Call,
): Promise<Next> {
  const lease = leaseFor(call);
  const mediaRegion = primaryMediaRegion(topology, near);
  const claimed = await claimPrimary(topology, { mediaRegion, lease, unattended: true }, call.now());
  if (claimed === 'lost') return 'soon';
  const work = { topology, lease, claimed, mediaRegion };
  return underLease(lease, call, () => create(work, call)).catch(orWhenLeaseEnds('at-once' as const));
}

async function create(work: PrimaryWork, call: Call): Promise<Next> {
  const opened = await openByToken(inLine(call), primaryRequest(work.topology, work.mediaRegion), call);
  if (isTrouble(opened)) return leaveUnopened(work, opened, call);
  const found = await untilFound(opened.Meeting.MeetingId, call);
  if (found === 'found') return publish(work, opened.Meeting, call);
  return found === 'gone'
    ? startOver(work, opened.Meeting.MeetingId, call)
    : leaveUnopened(work, 'unknown', call);
}

async function publish(
  { topology, lease, mediaRegion }: PrimaryWork,
  Meeting: ChimeMeeting,
  call: Call,
): Promise<Next> {
  const capacity = stageCapacity(capacityOf(Meeting.MeetingFeatures as object | undefined));
  const opened = { Meeting, capacity, lease, now: call.now() };
  const published = await publishPrimary(topology, opened, []);
  if (published === 'published') return 'at-once';
  return discardUnpublished(topology, { place: 'primary', mediaRegion, meetingId: Meeting.MeetingId }, call);
}
