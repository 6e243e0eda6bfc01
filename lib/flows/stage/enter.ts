import { type ChimeFailure, isChimeFailure } from '../../chime/failure.ts';
import type { FirstAttendee } from '../../chime/meetings.ts';
import type { RequestContext } from '../../context.ts';
import type { Lease, Topology } from '../../domain/meeting/topology.ts';
import { Refusal } from '../../refusals.ts';
import { inThisEpoch, type LiveSubject } from '../../store/participant/participants.ts';
import { claimPlace, deletePlace, type Entry, releasePlace } from '../../store/participant/places.ts';
import { enterStage, leaveStage } from '../../store/topology/stage.ts';
import { freshTopology } from '../../store/topology/topologies.ts';
import { unlessAlive } from '../epoch/verify-primary.ts';
import {
  type Again,
  type ClientRetry,
  clientRetry,
  RETRY_NOW,
  RETRY_SHORTLY,
  type Retry,
} from '../shared/attempt.ts';
import { leaseFor, orWhenLeaseEnds, underLease } from '../shared/lease.ts';
import { type Made, makeAttendee } from './attendee.ts';
import { recordAttendee } from './occupy-place.ts';

const LATER = clientRetry(1000);

/**
 * Enter the open stage:
 * 1. claim the place (one device at a time),
 * 2. enter the stage set (it cannot be oversold),
 * 3. create the attendee,
 * 4. record it.
 * A crash after any step leaves a claim whose lease expires. The request that takes it over looks for the attendee
 * before it creates one.
 */
export async function enterPrimary(
  subject: LiveSubject,
  { first, promoted = false, returning }: Partial<Entry> & { first: FirstAttendee },
  context: RequestContext,
): Promise<Again> {
  const lease = leaseFor(context);
  const entry = { promoted, returning };
  if ((await claimPlace(subject, { lease, ...entry, now: context.now() })) === 'conflict')
    return RETRY_SHORTLY;
  const work = () => enter(inThisEpoch(subject), { lease, first, ...entry }, context);
  return underLease(lease, context, work).catch(orWhenLeaseEnds(RETRY_NOW));
}

async function enter(
  ours: LiveSubject,
  { lease, first, ...entry }: Entry & { lease: Lease; first: FirstAttendee },
  context: RequestContext,
): Promise<Again> {
  const entered = await enterStage(ours.topology, first.ExternalUserId);
  if (entered === 'conflict') {
    await deletePlace(ours, lease);
    return fullOrChanged(ours.topology, context);
  }
  const { MeetingId } = ours.topology.primary.Meeting;
  const made = await makeAttendee(MeetingId, { first, adopt: entered === 'already' }, context);
  return settle(ours, { made, lease, ...entry }, context);
}

async function settle(
  ours: LiveSubject,
  { made, lease, ...entry }: Entry & { made: Made; lease: Lease },
  context: RequestContext,
): Promise<Again> {
  if (made === 'gone' && (await unlessAlive(ours.topology, context)) === 'moved-on') return RETRY_NOW;
  if (made === 'indeterminate') return lookLater(ours, { lease, promoted: entry.promoted }, context);
  if (isChimeFailure(made)) {
    await leaveStage(ours.topology, ours.caller.externalUserId);
    await deletePlace(ours, lease);
    return noPlace(made);
  }
  return recordAttendee(ours, { lease, Attendee: made.Attendee, ...entry }, context);
}

/**
 * Release the claim after an indeterminate call. Place and stage entry stay, so that the next request looks for the
 * attendee, whether it admits or removes the person.
 */
async function lookLater(
  ours: LiveSubject,
  { lease, promoted }: { lease: Lease; promoted: boolean },
  context: RequestContext,
): Promise<ClientRetry> {
  await releasePlace(ours, {
    state: 'claimed',
    lease,
    joinedAt: context.now(),
    ...(promoted && { promoted }),
  });
  return LATER;
}

function noPlace(made: ChimeFailure): ClientRetry {
  if (made === 'limit') throw new Refusal('STAGE_FULL');
  if (made === 'rejected') throw new Refusal('BAD_REQUEST', { detail: 'Chime rejected these capabilities.' });
  return LATER;
}

async function fullOrChanged(topology: Topology, context: RequestContext): Promise<Retry> {
  const now = await freshTopology(topology.externalMeetingId, context.now());
  const isFull = now?.epoch === topology.epoch && now.primary && now.stage.size >= now.primary.capacity;
  if (isFull && now.status !== 'ended') throw new Refusal('STAGE_FULL');
  return RETRY_NOW;
}
