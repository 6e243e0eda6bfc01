import type { Call } from '../call.ts';
import { createMeeting } from '../chime/meetings.ts';
import { isTrouble, type Trouble } from '../chime/trouble.ts';
import { capacityOf, stageCapacity } from '../domain/capabilities.ts';
import type { MediaRegion } from '../domain/media-regions.ts';
import type { ChimeMeeting, Lease, Topology } from '../domain/topology.ts';
import { claimPrimary, publishPrimary, unclaimPrimary } from '../store/primary-claims.ts';
import { takeTurn } from '../store/quota.ts';
import type { Claimed } from '../store/topology-writes.ts';
import { abandonMeeting } from './abandon-meeting.ts';
import { leaseFor } from './answers.ts';
import type { Next } from './enter-primary.ts';
import { primaryMediaRegion, primaryRequest } from './meeting-requests.ts';

const PATIENCE_MS = 800;

interface Work {
  topology: Topology;
  lease: Lease;
  claimed: Claimed;
}

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
  const work = { topology, lease, claimed };
  const turn = await takeTurn('CreateMeeting', { calls: 1, now: call.now(), patienceMs: PATIENCE_MS });
  if ('retryAfterMs' in turn) return giveUp(work, turn.retryAfterMs);
  await call.pause(turn.waitMs);
  const opened = await createMeeting(primaryRequest(topology, mediaRegion));
  return isTrouble(opened) ? afterTrouble(work, opened) : publish(work, opened.Meeting, call);
}

async function publish({ topology, lease }: Work, Meeting: ChimeMeeting, call: Call): Promise<Next> {
  const capacity = stageCapacity(capacityOf(Meeting.MeetingFeatures as object | undefined));
  const opened = { Meeting, capacity, lease, now: call.now() };
  const published = await publishPrimary(topology, opened, []);
  return published === 'lost' ? abandonMeeting(topology, Meeting.MeetingId, call) : 'at-once';
}

async function afterTrouble(work: Work, trouble: Trouble): Promise<Next> {
  if (trouble === 'unknown' || trouble === 'conflict') return { retryAfterMs: 1000 };
  if (trouble === 'throttled' || trouble === 'limit') return giveUp(work, 1000);
  await giveUp(work, 0);
  throw new Error(`Chime answered ${trouble} when asked for a primary`);
}

/** A claim that was taken over stands until it runs out: the meeting may exist in the media region it names. */
async function giveUp({ topology, lease, claimed }: Work, retryAfterMs: number): Promise<Next> {
  if (claimed === 'claimed') await unclaimPrimary(topology, lease);
  return { retryAfterMs };
}
