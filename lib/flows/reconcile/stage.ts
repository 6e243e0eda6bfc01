import { allSettledOrThrow } from '../../all-settled.ts';
import { deleteAttendee, listAttendees } from '../../chime/attendees.ts';
import { isChimeFailure } from '../../chime/failure.ts';
import type { RequestContext } from '../../context.ts';
import { epochIn, heldAttendee, type Participant } from '../../domain/meeting/participant.ts';
import {
  capabilityFaults,
  namesOnStage,
  type StageSight,
  seenInList,
  stageFaults,
} from '../../domain/meeting/stage-audit.ts';
import { isTooOld, type Lease, type LiveTopology } from '../../domain/meeting/topology.ts';
import { type LiveSubject, readParticipants } from '../../store/participant/participants.ts';
import { claimRemoval, deletePlace } from '../../store/participant/places.ts';
import { leaveStage } from '../../store/topology/stage.ts';
import { checkPrimary } from '../epoch/verify-primary.ts';
import { chimeLimiter } from '../shared/chime-quota.ts';
import { leaseFor, orWhenLeaseEnds, underLease } from '../shared/lease.ts';
import { noteStageLeft } from '../shared/ledger.ts';
import { findAttendee } from '../stage/attendee.ts';
import { reconcileAbsent } from './absent.ts';
import { reconcileCapabilities } from './capabilities.ts';

/**
 * See the stage: Chime's list of the attendees first, then the records of these people and of those on stage. A list proves
 * that the primary lives, and without one Chime is asked for the primary itself. `moved-on`: the primary is dead, and the next
 * epoch has begun. Undefined: Chime did not answer.
 */
export async function seeStage(
  topology: LiveTopology,
  context: RequestContext,
): Promise<StageSight | 'moved-on' | undefined> {
  const listedAt = context.now();
  const limiter = chimeLimiter(context, 'reconciling');
  const listed = isTooOld(topology, listedAt)
    ? 'gone'
    : await listAttendees(limiter, topology.primary.Meeting.MeetingId);
  if (isChimeFailure(listed))
    return (await checkPrimary(topology, context, 0)) === 'moved-on' ? 'moved-on' : undefined;
  const seen = seenInList(listed.attendees);
  const names = namesOnStage(topology.stage, seen.attendees);
  const people = await readParticipants(topology.externalMeetingId, [...names]);
  return { ...seen, people, listedAt, now: context.now() };
}

/**
 * Reconcile the stage with its participants' records and with Chime:
 * 1. places that a crash left half taken or half left,
 * 2. stage entries without a record,
 * 3. attendees without a holder,
 * 4. places of absent people, if places run short,
 * 5. capabilities that differ from the record.
 *
 * `repaired`: there was a fault of the kinds 1 to 3 or 5, so the stage is to be seen again.
 */
export async function reconcileStage(
  topology: LiveTopology,
  sight: StageSight,
  context: RequestContext,
): Promise<'right' | 'repaired'> {
  const meetingId = topology.primary.Meeting.MeetingId;
  const limiter = chimeLimiter(context, 'reconciling');
  const { people } = sight;
  const faults = stageFaults(topology, sight);
  for (const { AttendeeId } of faults.surplus) await deleteAttendee(limiter, meetingId, AttendeeId);
  const byName = new Map(people.map((participant) => [participant.externalUserId, participant]));
  for (const name of faults.unsettled)
    await settle(topology, { name, participant: byName.get(name) }, context);
  await reconcileAbsent(topology, people, context);
  const differing = capabilityFaults(topology, sight);
  await reconcileCapabilities(topology, differing, context);
  const found = [faults.surplus, faults.unsettled, differing].some((each) => each.length > 0);
  return found ? 'repaired' : 'right';
}

/** Take a person off the stage who has no right to be there: attendee, stage entry, then place. */
async function settle(
  topology: LiveTopology,
  { name, participant }: { name: string; participant: Participant | undefined },
  context: RequestContext,
): Promise<void> {
  const caller = { externalUserId: name, role: participant?.role ?? ('viewer' as const) };
  const subject: LiveSubject = { topology, caller, knownEpoch: epochIn(topology, participant) };
  const lease = leaseFor(context);
  const held = heldAttendee(topology, participant)?.AttendeeId;
  const isBanned = participant?.bannedAt !== undefined;
  if ((await claimRemoval(subject, { lease, held, isBanned, now: context.now() })) === 'conflict') return;
  const work = () => takeOff({ ...subject, knownEpoch: topology.epoch }, lease, context);
  await underLease(lease, context, work).catch(orWhenLeaseEnds(undefined));
}

async function takeOff(ours: LiveSubject, lease: Lease, context: RequestContext): Promise<void> {
  const { topology, caller } = ours;
  const meetingId = topology.primary.Meeting.MeetingId;
  const limiter = chimeLimiter(context);
  const found = await findAttendee(limiter, meetingId, caller.externalUserId);
  if (found && !(typeof found === 'object' && 'Attendee' in found)) return;
  const deleted = found ? await deleteAttendee(limiter, meetingId, found.Attendee.AttendeeId) : 'deleted';
  if (deleted !== 'deleted') return;
  await allSettledOrThrow([
    leaveStage(topology, caller.externalUserId),
    noteStageLeft(ours, undefined, context.now()),
  ]);
  await deletePlace(ours, lease);
}
