import type { Call } from '../call.ts';
import { isLimit, isTrouble, type Limit, type Trouble } from '../chime/trouble.ts';
import { capacityOf } from '../domain/capabilities.ts';
import { limitAfterRefusal } from '../domain/learned-limit.ts';
import type { MediaRegion } from '../domain/media-regions.ts';
import {
  type ChimeAttendee,
  type ChimeMeeting,
  isFresh,
  nextFence,
  type Topology,
} from '../domain/topology.ts';
import { measure } from '../metrics.ts';
import { replicaKey } from '../store/keys.ts';
import { quotaFreeIn } from '../store/quota.ts';
import {
  claimReplica,
  expireReplicaClaim,
  giveUpReplica,
  publishReplica,
  type ReplicaClaim,
} from '../store/replica-claims.ts';
import { writeRoll } from '../store/roll.ts';
import { openSeats } from '../store/seats.ts';
import { freshTopology } from '../store/topologies.ts';
import { allSettledOrThrow } from './all-settled.ts';
import type { Next } from './answers.ts';
import { unlessAlive } from './check-primary.ts';
import { leaseFor, orWhenLeaseEnds, underLease } from './lease.ts';
import { discardUnpublished } from './leftovers.ts';
import { openByToken, replicaRequest } from './meeting-requests.ts';
import { mintSeats } from './mint-seats.ts';
import { declined, inLine, type Patience } from './turn.ts';

/** Which replica to open, and how long its calls to Chime may stand in line. */
export interface Opening {
  ordinal: number;
  mediaRegion: MediaRegion;
  patience?: Patience;
}

/** Whose work this is: the topology as it was read, and the claim that we won on it. */
interface Work {
  topology: Topology;
  claim: ReplicaClaim;
  /** Nobody worked on this ordinal before us: what Chime did not do for us does not exist. */
  isNew: boolean;
  call: Call;
  patience: Patience | undefined;
}

/**
 * Open one replica: claim its ordinal, create the meeting, mint its seats, write the roll, publish. Of many who
 * try, one wins. A crash leaves a claim that runs out; whoever takes it over gets the same meeting by its
 * request token, and mints only what is missing.
 */
export async function openReplica(topology: Topology, opening: Opening, call: Call): Promise<Next> {
  const work = await claim(topology, opening, call);
  return work === 'lost' ? 'soon' : carryOut(work);
}

/**
 * Open several replicas at once. Their ordinals are claimed one after the other, since each claim moves the next ordinal on;
 * then the work on all of them runs side by side, and all of it has ended when this does, also where one fails.
 */
export async function openReplicas(topology: Topology, openings: Opening[], call: Call): Promise<Next[]> {
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

async function carryOut(work: Work): Promise<Next> {
  const { claim, call } = work;
  return underLease(claim.lease, call, () => create(work)).catch(orWhenLeaseEnds('at-once' as const));
}

async function create(work: Work): Promise<Next> {
  const { topology, claim, call, patience } = work;
  const opened = await openByToken(inLine(call, patience), replicaRequest(topology, claim), call);
  if (isTrouble(opened)) return afterTrouble(work, opened);
  return fill(work, opened.Meeting);
}

async function fill(work: Work, Meeting: ChimeMeeting): Promise<Next> {
  const { topology, claim, isNew, call, patience } = work;
  const seats = capacityOf(Meeting.MeetingFeatures as object | undefined);
  const wanted = { from: 0, seats, lookFirst: !isNew, ...(patience && { patience }) };
  const attendees = await mintSeats(Meeting.MeetingId, wanted, call);
  if (attendees === 'gone') return afterTrouble(work, 'gone');
  if (!Array.isArray(attendees)) return putDown(work, false, await afterTurn('BatchCreateAttendee', call));
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

/** Stop for now. A claim without effect is given up; any other is left for the next one to finish. */
async function putDown(
  { topology, claim }: Work,
  hadNoEffect: boolean,
  next: { retryAfterMs: number },
): Promise<Next> {
  await (hadNoEffect ? giveUpReplica(topology, claim) : expireReplicaClaim(topology, claim));
  return next;
}

async function afterTrouble(work: Work, trouble: Trouble): Promise<Next> {
  const { topology, claim, isNew, call } = work;
  if (trouble === 'gone' || trouble === 'refused') return afterLoss(work, trouble);
  if (isLimit(trouble)) return afterLimit(work, trouble);
  if (trouble === 'no-turn') return putDown(work, isNew, await afterTurn('CreateMeeting', call));
  if (trouble === 'throttled') return putDown(work, isNew, { retryAfterMs: 1000 });
  await expireReplicaClaim(topology, claim, call.now());
  return { retryAfterMs: 1000 };
}

/** Where it is our own pace that makes somebody wait, the bucket says for how long. */
async function afterTurn(operation: string, call: Call): Promise<{ retryAfterMs: number }> {
  return { retryAfterMs: Math.max(500, await quotaFreeIn(operation, call.now())) };
}

/** Nothing was opened. What was learned of the limit holds for a while: those that stand now, beside the one that was refused. */
async function afterLimit({ topology, claim, call }: Work, trouble: Limit): Promise<Next> {
  measure('ReplicaCeilingReached');
  const { replicas } = (await freshTopology(topology.externalMeetingId, call.now())) ?? topology;
  const others = replicas.filter(({ state }) => state === 'open').length;
  const names = trouble === 'replica-limit' ? 'replicas' : undefined;
  await giveUpReplica(
    topology,
    claim,
    limitAfterRefusal(topology.learnedLimit, { others, names, now: call.now() }),
  );
  return 'at-once';
}

/**
 * The primary may be dead, and then everything is; or this replica alone. Chime says which; or does not, for now. A
 * primary that was opened just now may only not have been found yet, and then nothing is lost.
 */
async function afterLoss(work: Work, trouble: Trouble): Promise<Next> {
  const { topology, claim, isNew, call } = work;
  const wasFresh = isFresh(topology, call.now());
  const primary = await unlessAlive(topology, call);
  if (primary === 'moved-on') return 'at-once';
  if (primary === 'unknown') return putDown(work, false, { retryAfterMs: 1000 });
  if (wasFresh) return putDown(work, isNew && trouble === 'refused', { retryAfterMs: 500 });
  await giveUpReplica(topology, claim);
  if (trouble === 'refused') throw declined(trouble);
  return { retryAfterMs: 1000 };
}
