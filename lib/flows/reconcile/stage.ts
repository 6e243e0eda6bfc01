import { allSettledOrThrow } from '../../all-settled.ts';
import { deleteAttendee, listAttendees } from '../../chime/attendees.ts';
import { isChimeFailure } from '../../chime/failure.ts';
import type { RequestContext } from '../../context.ts';
import { epochIn, heldAttendee, type Participant } from '../../domain/meeting/participant.ts';
import { isStagePerson, stageFaults } from '../../domain/meeting/stage-audit.ts';
import type { Lease, LiveTopology } from '../../domain/meeting/topology.ts';
import { type LiveSubject, readParticipants } from '../../store/participant/participants.ts';
import { claimRemoval, deletePlace } from '../../store/participant/places.ts';
import { leaveStage } from '../../store/topology/stage.ts';
import { chimeLimiter } from '../shared/chime-quota.ts';
import { leaseFor, orWhenLeaseEnds, underLease } from '../shared/lease.ts';
import { noteStageLeft } from '../shared/ledger.ts';
import { findAttendee } from '../stage/attendee.ts';
import { reconcileAbsent } from './absent.ts';
import { reconcileCapabilities } from './capabilities.ts';

/**
 * Reconcile the stage with its participants' records and with Chime:
 * 1. places that a crash left half taken or half left,
 * 2. stage entries without a record,
 * 3. attendees without a holder,
 * 4. places of absent people, if places run short,
 * 5. capabilities that differ from the record.
 */
export async function reconcileStage(topology: LiveTopology, context: RequestContext): Promise<void> {
  const meetingId = topology.primary.Meeting.MeetingId;
  const limiter = chimeLimiter(context, 'reconciling');
  const listedAt = context.now();
  const listed = await listAttendees(limiter, meetingId);
  if (isChimeFailure(listed)) return;
  const attendees = listed.attendees.filter(isStagePerson);
  const names = new Set([...topology.stage, ...attendees.map((attendee) => attendee.ExternalUserId)]);
  const people = await readParticipants(topology.externalMeetingId, [...names]);
  const sight = { attendees, people, listedAt, now: context.now() };
  const faults = stageFaults(topology, sight);
  for (const { AttendeeId } of faults.surplus) await deleteAttendee(limiter, meetingId, AttendeeId);
  const byName = new Map(people.map((participant) => [participant.externalUserId, participant]));
  for (const name of faults.unsettled)
    await settle(topology, { name, participant: byName.get(name) }, context);
  await reconcileAbsent(topology, people, context);
  await reconcileCapabilities(topology, sight, context);
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
