import type { Call } from '../call.ts';
import { isTrouble } from '../chime/trouble.ts';
import { capacityOf, stageCapacity } from '../domain/capabilities.ts';
import type { MediaRegion } from '../domain/media-regions.ts';
import type { ChimeMeeting, Topology } from '../domain/topology.ts';
import { claimPrimary, publishPrimary } from '../store/primary-claims.ts';
import type { Next } from './answers.ts';
import { leaseFor, orWhenLeaseEnds, underLease } from './lease.ts';
import { discardUnpublished } from './leftovers.ts';
import { openByToken, primaryMediaRegion, primaryRequest } from './meeting-requests.ts';
import { inLine } from './turn.ts';
import { leaveUnopened, type PrimaryWork, startOver } from './unopened-primary.ts';
import { untilFound } from './until-found.ts';

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
