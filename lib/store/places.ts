import type { StagePlace } from '../domain/participant.ts';
import type { ChimeAttendee, Lease } from '../domain/topology.ts';
import { changeParticipant, remembered, type Subject } from './participants.ts';

const leaseIsOurs = 'place.lease.#owner = :owner';
const nobodyIsAtIt = 'place.#state <> :held AND place.lease.#until <= :now';
const names = { '#state': 'state', '#until': 'until' };

/**
 * Win the right to make, or to finish removing, somebody's attendee in the primary. One at a time: two
 * devices of one person end up with one attendee. `lost` means that it exists, or that somebody is at it.
 */
export async function claimPlace(subject: Subject, lease: Lease, now: number): Promise<'done' | 'lost'> {
  const place: StagePlace = { state: 'claimed', lease, joinedAt: now };
  return changeParticipant(subject, {
    set: { role: subject.caller.role, place, ...remembered(now) },
    clauses: [`attribute_not_exists(place) OR (${nobodyIsAtIt})`],
    names,
    values: { ':held': 'held', ':now': now },
  });
}

/** Write down the attendee that the claim was for. `lost` where the claim is no longer ours. */
export async function holdPlace(
  subject: Subject,
  { lease, Attendee, now }: { lease: Lease; Attendee: ChimeAttendee; now: number },
): Promise<'done' | 'lost'> {
  const place: StagePlace = { state: 'held', Attendee, joinedAt: now };
  return changeParticipant(subject, {
    set: { place },
    clauses: [leaseIsOurs],
    names: { '#owner': 'owner' },
    values: { ':owner': lease.owner },
  });
}

/** Win the right to take somebody off the stage; from now on the place answers no join. */
export async function startLeaving(
  subject: Subject,
  { place, lease, now }: { place: StagePlace; lease: Lease; now: number },
): Promise<'done' | 'lost'> {
  return changeParticipant(subject, {
    set: { place: { ...place, state: 'leaving', lease } },
    clauses: [`place.#state = :held OR (${nobodyIsAtIt})`],
    names,
    values: { ':held': 'held', ':now': now },
  });
}

/** Forget a place that no attendee and no stage name stands behind any more. */
export async function dropPlace(subject: Subject, lease: Lease): Promise<void> {
  await changeParticipant(subject, {
    remove: ['place'],
    clauses: [leaseIsOurs],
    names: { '#owner': 'owner' },
    values: { ':owner': lease.owner },
  });
}
