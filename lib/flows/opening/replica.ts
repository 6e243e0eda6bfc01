import { allSettledOrThrow } from '../../all-settled.ts';
import type { Limiter } from '../../chime/ask.ts';
import { isChimeFailure } from '../../chime/failure.ts';
import type { RequestContext } from '../../context.ts';
import type { MediaRegion } from '../../domain/geo/media-regions.ts';
import { capacityOf } from '../../domain/meeting/capabilities.ts';
import { nextFence } from '../../domain/meeting/ordinals.ts';
import type { ChimeAttendee, ChimeMeeting, LiveTopology } from '../../domain/meeting/topology.ts';
import { measure } from '../../metrics.ts';
import { replicaKey } from '../../store/keys.ts';
import { writeCredentials } from '../../store/replica/credentials.ts';
import { openSeats } from '../../store/replica/seats.ts';
import { claimReplica, publishReplica } from '../../store/topology/replica-claims.ts';
import { mintSeats } from '../seats/mint.ts';
import { type Again, RETRY_NOW, RETRY_SHORTLY } from '../shared/attempt.ts';
import { chimeLimiter, type MaxWait } from '../shared/chime-quota.ts';
import { leaseFor, orWhenLeaseEnds, underLease } from '../shared/lease.ts';
import { noteReplica } from '../shared/ledger.ts';
import { discardUnpublished } from '../shared/leftovers.ts';
import { openByToken, replicaRequest } from '../shared/meeting-request.ts';
import { fairShare, reserveShare, type Share } from './permits.ts';
import {
  leaveNotFound,
  leaveUnfilled,
  leaveUnopened,
  leaveUnreserved,
  type ReplicaWork,
} from './unopened-replica.ts';

/** Which replica to open, and how long its calls to Chime may wait for a permit. */
export interface Opening {
  ordinal: number;
  mediaRegion: MediaRegion;
  maxWait?: MaxWait;
}

/** `maxWait`: how long its calls to Chime may wait for a permit. */
type Work = ReplicaWork & { share: Share; maxWait: MaxWait | undefined };

/**
 * Open one replica: claim its ordinal, reserve the permits that mint its seats, create the meeting, mint the seats, write their
 * credentials, publish. Of many requests, one wins. Nothing is claimed while it is the time of another name (`fairShare`). A crash
 * leaves a claim whose lease expires. The request that takes it over gets the same meeting by its request token, and mints only the
 * missing seats.
 */
export async function openReplica(
  topology: LiveTopology,
  opening: Opening,
  context: RequestContext,
): Promise<Again> {
  const begun = await claim(topology, opening, context);
  return isWork(begun) ? carryOut(begun) : begun;
}

/**
 * Open several replicas at once. Their ordinals are claimed one after the other, since each claim increments the
 * next ordinal. Then the work on all of them runs concurrently. The result comes when all of the work has settled,
 * even after an error.
 */
export async function openReplicas(
  topology: LiveTopology,
  openings: Opening[],
  context: RequestContext,
): Promise<Again[]> {
  const begun: (Work | Again)[] = [];
  for (const opening of openings) begun.push(await claim(topology, opening, context));
  return allSettledOrThrow(begun.map(async (one) => (isWork(one) ? carryOut(one) : one)));
}

const isWork = (begun: Work | Again): begun is Work => 'claim' in begun;

async function claim(
  topology: LiveTopology,
  opening: Opening,
  context: RequestContext,
): Promise<Work | Again> {
  const { ordinal, mediaRegion, maxWait } = opening;
  const share = await fairShare(topology, opening, context);
  if ('kind' in share) return share;
  const { permits } = share;
  const lease = leaseFor(context);
  const claim = { ordinal, mediaRegion, lease, fence: nextFence(topology, ordinal), permits };
  const claimed = await claimReplica(topology, claim, context.now());
  return claimed === 'conflict'
    ? RETRY_SHORTLY
    : { topology, claim, isNew: claimed === 'claimed', context, share, maxWait };
}

async function carryOut(work: Work): Promise<Again> {
  const { claim, context } = work;
  return underLease(claim.lease, context, () => create(work)).catch(orWhenLeaseEnds(RETRY_NOW));
}

async function create(work: Work): Promise<Again> {
  const { topology, claim, isNew, context, share, maxWait } = work;
  const limiter = isNew
    ? await reserveShare(share, maxWait, context)
    : chimeLimiter(context, maxWait ?? 'long');
  if (limiter === 'rate-limited') return leaveUnreserved(work);
  const request = await replicaRequest(topology, claim);
  const opened = await openByToken(chimeLimiter(context, maxWait), request, context);
  if (isChimeFailure(opened)) return leaveUnopened(work, opened);
  return fill(work, { Meeting: opened.Meeting, limiter });
}

async function fill(
  work: Work,
  { Meeting, limiter }: { Meeting: ChimeMeeting; limiter: Limiter },
): Promise<Again> {
  const { topology, claim, isNew, context } = work;
  const seats = capacityOf(Meeting.MeetingFeatures);
  const wanted = { from: 0, seats, lookFirst: !isNew, limiter };
  const attendees = await mintSeats(Meeting.MeetingId, wanted, context);
  if (attendees === 'gone') return leaveNotFound(work, Meeting.MeetingId);
  if (!Array.isArray(attendees)) return leaveUnfilled(work);
  if ((await sellSeats(work, { Meeting, attendees })) === 'conflict') return RETRY_SHORTLY;
  const visible = { meetingId: Meeting.MeetingId, capacity: attendees.length, now: context.now() };
  const published = await publishReplica(topology, claim, visible);
  if (published === 'conflict') {
    const { ordinal: place, mediaRegion } = claim;
    return discardUnpublished(topology, { place, mediaRegion, meetingId: Meeting.MeetingId }, context);
  }
  await noteReplica(topology, claim, 'opened', visible.now);
  measure('ReplicasOpened');
  return RETRY_NOW;
}

/** Write the seat credentials, then open the ticket sales. `conflict`: a later claim is at work. */
async function sellSeats(
  { topology, claim: { ordinal, fence }, context }: Work,
  { Meeting, attendees }: { Meeting: ChimeMeeting; attendees: ChimeAttendee[] },
): Promise<'opened' | 'conflict'> {
  const key = replicaKey(topology, ordinal);
  if ((await writeCredentials(key, { Meeting, attendees, fence }, context.now())) === 'conflict')
    return 'conflict';
  return openSeats(key, { minted: attendees.length, fence }, context.now());
}
