import type { Call } from '../call.ts';
import { createMeetingWith, type FirstAttendee, getMeeting, type Opened } from '../chime/meetings.ts';
import { isTrouble, type Trouble } from '../chime/trouble.ts';
import { capacityOf, stageCapacity } from '../domain/capabilities.ts';
import type { MediaRegion } from '../domain/media-regions.ts';
import { FRESH_MS, type Lease } from '../domain/topology.ts';
import { openEpochClaimed } from '../store/epochs.ts';
import { inThisEpoch, type Subject } from '../store/participants.ts';
import { claimPlace, dropPlace } from '../store/places.ts';
import { claimPrimary, publishPrimary, unclaimPrimary } from '../store/primary-claims.ts';
import { takeTurn } from '../store/quota.ts';
import type { Claimed } from '../store/topology-writes.ts';
import { abandonMeeting } from './abandon-meeting.ts';
import { type LookAgain, leaseFor } from './answers.ts';
import { hold } from './hold-place.ts';
import { primaryMediaRegion, primaryRequest } from './meeting-requests.ts';
import { onlyAttendee } from './only-attendee.ts';

const PATIENCE_MS = 800;
type Next = LookAgain | { retryAfterMs: number };

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
  if (claimed !== 'lost') return create(ours, { claimed, lease, mediaRegion, first: wish.first }, call);
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
  const operation = 'CreateMeetingWithAttendees';
  const turn = await takeTurn(operation, { calls: 1, now: call.now(), patienceMs: PATIENCE_MS });
  if ('retryAfterMs' in turn) return giveUp(ours, step, turn.retryAfterMs);
  await call.pause(turn.waitMs);
  const opened = await createMeetingWith(primaryRequest(ours.topology, step.mediaRegion), step.first);
  if (isTrouble(opened)) return afterTrouble(ours, step, opened);
  return publish(ours, { ...step, opened }, call);
}

async function publish(ours: Subject, step: Step & { opened: Opened }, call: Call): Promise<Next> {
  const { Meeting } = step.opened;
  const { lease, first, claimed, mediaRegion } = step;
  const Attendee = await onlyAttendee(step.opened, { first, isNew: claimed === 'claimed' });
  if (Attendee === 'gone') return startOver(ours, step, call);
  if (isTrouble(Attendee)) return afterTrouble(ours, step, 'unknown');
  const capacity = stageCapacity(capacityOf(Meeting.MeetingFeatures as object | undefined));
  const now = call.now();
  const names = [first.ExternalUserId];
  if ((await publishPrimary(ours.topology, { Meeting, capacity, lease, now }, names)) === 'lost')
    return abandonMeeting(ours.topology, Meeting.MeetingId, call);
  const topology = { ...ours.topology, primary: { state: 'open' as const, mediaRegion, capacity, Meeting } };
  return hold({ ...ours, topology }, { lease, Attendee, promoted: false }, call);
}

/**
 * Whoever set out before us opened a meeting that died before anybody published it: the request token will hand it
 * back for ever, so the next epoch begins. One that was made just now may only not be found yet.
 */
async function startOver(
  ours: Subject,
  { opened, lease }: Step & { opened: Opened },
  call: Call,
): Promise<Next> {
  await call.pause(FRESH_MS);
  if ((await getMeeting(opened.Meeting.MeetingId)) !== 'gone') return { retryAfterMs: 1000 };
  await openEpochClaimed(ours.topology, lease);
  return 'at-once';
}

/** Without effect, the claim is given up. Otherwise it stands until it runs out, and is then taken over. */
async function afterTrouble(ours: Subject, step: Step, trouble: Trouble): Promise<Next> {
  if (trouble === 'unknown' || trouble === 'conflict') return { retryAfterMs: 1000 };
  if (trouble === 'throttled' || trouble === 'limit') return giveUp(ours, step, 1000);
  await giveUp(ours, step, 0);
  throw new Error(`Chime answered ${trouble} when asked for a primary`);
}

/** A claim that was taken over stands until it runs out: the meeting may exist in the media region it names. */
async function giveUp(ours: Subject, { lease, claimed }: Step, retryAfterMs: number): Promise<Next> {
  if (claimed === 'claimed') await unclaimPrimary(ours.topology, lease);
  await dropPlace(ours, lease);
  return { retryAfterMs };
}
