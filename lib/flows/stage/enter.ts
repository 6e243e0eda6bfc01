import type { Call } from '../../call.ts';
import type { FirstAttendee } from '../../chime/meetings.ts';
import { isTrouble, type Trouble } from '../../chime/trouble.ts';
import { type Lease, primaryMeetingId, type Topology } from '../../domain/meeting/topology.ts';
import { Refusal } from '../../refusals.ts';
import { inThisEpoch, type Subject } from '../../store/participant/participants.ts';
import { claimPlace, dropPlace, putDownPlace } from '../../store/participant/places.ts';
import { enterStage, leaveStage } from '../../store/topology/stage.ts';
import { freshTopology } from '../../store/topology/topologies.ts';
import { unlessAlive } from '../epoch/verify-primary.ts';
import type { Next } from '../shared/attempt.ts';
import { leaseFor, orWhenLeaseEnds, underLease } from '../shared/lease.ts';
import { type Made, makeAttendee } from './attendee.ts';
import { hold } from './occupy-place.ts';

/**
 * Take a place on the open stage: claim it (one device at a time), enter (it cannot be oversold), make the
 * attendee, write it down. A crash after any step leaves a claim that runs out, and whoever takes it over
 * looks for the attendee before making one.
 */
export async function enterPrimary(
  subject: Subject,
  { first, promoted = false }: { first: FirstAttendee; promoted?: boolean },
  call: Call,
): Promise<Next> {
  const lease = leaseFor(call);
  if ((await claimPlace(subject, { lease, promoted, now: call.now() })) === 'lost') return 'soon';
  const work = () => enter(inThisEpoch(subject), { lease, first, promoted }, call);
  return underLease(lease, call, work).catch(orWhenLeaseEnds('at-once' as const));
}

async function enter(
  ours: Subject,
  { lease, first, promoted }: { lease: Lease; first: FirstAttendee; promoted: boolean },
  call: Call,
): Promise<Next> {
  const entered = await enterStage(ours.topology, first.ExternalUserId);
  if (entered === 'lost') {
    await dropPlace(ours, lease);
    return fullOrChanged(ours.topology, call);
  }
  const meetingId = primaryMeetingId(ours.topology) as string;
  const made = await makeAttendee(meetingId, { first, adopt: entered === 'already' }, call);
  return settle(ours, { made, lease, promoted }, call);
}

async function settle(
  ours: Subject,
  { made, lease, promoted }: { made: Made; lease: Lease; promoted: boolean },
  call: Call,
): Promise<Next> {
  if (made === 'gone' && (await unlessAlive(ours.topology, call)) === 'moved-on') return 'at-once';
  if (made === 'unknown') return lookLater(ours, { lease, promoted }, call);
  if (isTrouble(made)) {
    await leaveStage(ours.topology, ours.caller.externalUserId);
    await dropPlace(ours, lease);
    return noPlace(made);
  }
  return hold(ours, { lease, Attendee: made.Attendee, promoted }, call);
}

/**
 * An attendee may have been made: name and place stay, so that whoever comes next looks for it, be it to let them
 * in or to put them out.
 */
async function lookLater(
  ours: Subject,
  { lease, promoted }: { lease: Lease; promoted: boolean },
  call: Call,
): Promise<{ retryAfterMs: number }> {
  await putDownPlace(ours, { state: 'claimed', lease, joinedAt: call.now(), ...(promoted && { promoted }) });
  return { retryAfterMs: 1000 };
}

function noPlace(made: Trouble): { retryAfterMs: number } {
  if (made === 'limit') throw new Refusal('STAGE_FULL');
  if (made === 'refused') throw new Refusal('BAD_REQUEST', { detail: 'Chime refused these capabilities.' });
  return { retryAfterMs: 1000 };
}

async function fullOrChanged(topology: Topology, call: Call): Promise<'at-once'> {
  const now = await freshTopology(topology.externalMeetingId, call.now());
  const isFull = now?.epoch === topology.epoch && now.primary && now.stage.size >= now.primary.capacity;
  if (isFull && now.status !== 'ended') throw new Refusal('STAGE_FULL');
  return 'at-once';
}
