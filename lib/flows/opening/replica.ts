import type { Call } from '../../call.ts';
import { isTrouble } from '../../chime/trouble.ts';
import type { MediaRegion } from '../../domain/geo/media-regions.ts';
import { capacityOf } from '../../domain/meeting/capabilities.ts';
import {
  type ChimeAttendee,
  type ChimeMeeting,
  nextFence,
  type Topology,
} from '../../domain/meeting/topology.ts';
import { measure } from '../../metrics.ts';
import { replicaKey } from '../../store/keys.ts';
import { writeRoll } from '../../store/replica/credentials.ts';
import { openSeats } from '../../store/replica/seats.ts';
import { claimReplica, publishReplica } from '../../store/topology/replica-claims.ts';
import { mintSeats } from '../seats/mint.ts';
import { allSettledOrThrow } from '../shared/all-settled.ts';
import { inLine, type Patience } from '../shared/chime-quota.ts';
import { leaseFor, orWhenLeaseEnds, underLease } from '../shared/lease.ts';
import { discardUnpublished } from '../shared/leftovers.ts';
import { openByToken, replicaRequest } from '../shared/meeting-request.ts';
import {
  leaveNotFound,
  leaveUnfilled,
  leaveUnopened,
  type ReplicaNext,
  type ReplicaWork,
} from './unopened-replica.ts';

/** Which replica to open, and how long its calls to Chime may stand in line. */
export interface Opening {
  ordinal: number;
  mediaRegion: MediaRegion;
  patience?: Patience;
}

/** `patience`: how long its calls to Chime may stand in line. */
type Work = ReplicaWork & { patience: Patience | undefined };

/**
 * Open one replica: claim its ordinal, create the meeting, mint its seats, write the roll, publish. Of many who
 * try, one wins. A crash leaves a claim that runs out; whoever takes it over gets the same meeting by its
 * request token, and mints only what is missing.
 */
export async function openReplica(topology: Topology, opening: Opening, call: Call): Promise<ReplicaNext> {
  const work = await claim(topology, opening, call);
  return work === 'lost' ? 'soon' : carryOut(work);
}

/**
 * Open several replicas at once. Their ordinals are claimed one after the other, since each claim moves the next ordinal on;
 * then the work on all of them runs side by side, and all of it has ended when this does, also where one fails.
 */
export async function openReplicas(
  topology: Topology,
  openings: Opening[],
  call: Call,
): Promise<ReplicaNext[]> {
  const works: (Work | 'lost')[] = [];
  for (const opening of openings) works.push(await claim(topology, opening, call));
  return allSettledOrThrow(works.map(async (work) => (work === 'lost' ? 'soon' : carryOut(work))));
}

async function claim(topology: Topology, opening: Opening, call: Call): Promise<Work | 'lost'> {
  const { ordinal, mediaRegion, patience } = opening;
  const claim = { ordinal, mediaRegion, lease: leaseFor(call), fence: nextFence(topology, ordinal) };
  const claimed = await claimReplica(topology, claim, call.now());
  return claimed === 'lost' ? 'lost' : { topology, claim, isNew: claimed === 'claimed', call, patience };
}

async function carryOut(work: Work): Promise<ReplicaNext> {
  const { claim, call } = work;
  return underLease(claim.lease, call, () => create(work)).catch(orWhenLeaseEnds('at-once' as const));
}

async function create(work: Work): Promise<ReplicaNext> {
  const { topology, claim, call, patience } = work;
  const opened = await openByToken(inLine(call, patience), replicaRequest(topology, claim), call);
  if (isTrouble(opened)) return leaveUnopened(work, opened);
  return fill(work, opened.Meeting);
}

async function fill(work: Work, Meeting: ChimeMeeting): Promise<ReplicaNext> {
  const { topology, claim, isNew, call, patience } = work;
  const seats = capacityOf(Meeting.MeetingFeatures as object | undefined);
  const wanted = { from: 0, seats, lookFirst: !isNew, ...(patience && { patience }) };
  const attendees = await mintSeats(Meeting.MeetingId, wanted, call);
  if (attendees === 'gone') return leaveNotFound(work, Meeting.MeetingId);
  if (!Array.isArray(attendees)) return leaveUnfilled(work);
  if ((await sellSeats(work, { Meeting, attendees })) === 'lost') return 'soon';
  const visible = { meetingId: Meeting.MeetingId, capacity: attendees.length, now: call.now() };
  const published = await publishReplica(topology, claim, visible);
  if (published === 'lost') {
    const { ordinal: place, mediaRegion } = claim;
    return discardUnpublished(topology, { place, mediaRegion, meetingId: Meeting.MeetingId }, call);
  }
  measure('ReplicasOpened');
  return 'at-once';
}

/** The roll is written before its seats are sold. `lost`: a later claim is at it. */
async function sellSeats(
  { topology, claim: { ordinal, fence }, call }: Work,
  { Meeting, attendees }: { Meeting: ChimeMeeting; attendees: ChimeAttendee[] },
): Promise<'opened' | 'lost'> {
  const key = replicaKey(topology, ordinal);
  if ((await writeRoll(key, { Meeting, attendees, fence }, call.now())) === 'lost') return 'lost';
  return openSeats(key, { minted: attendees.length, fence }, call.now());
}
