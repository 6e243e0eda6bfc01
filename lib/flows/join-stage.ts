import type { Answer, Call } from '../call.ts';
import { lastEvidenceOf } from '../domain/evidence.ts';
import { epochIn, heldAttendee, type Participant, type StagePlace, seatIn } from '../domain/participant.ts';
import type { ChimeMeeting, Topology } from '../domain/topology.ts';
import { isClaimed, opensUnattended, primaryMeetingId } from '../domain/topology.ts';
import { Refusal } from '../refusals.ts';
import { noteAttended } from '../store/checks.ts';
import { readParticipant, type Subject } from '../store/participants.ts';
import { swapPlace } from '../store/place-swaps.ts';
import { confirmPlace } from '../store/places.ts';
import { freshTopology } from '../store/topologies.ts';
import { admitCaller } from './admit-caller.ts';
import { joined, type LookAgain, type Next, untilAnswered, waiting } from './answers.ts';
import { settledAttendee } from './capabilities.ts';
import { checkPrimary } from './check-primary.ts';
import { enterPrimary } from './enter-primary.ts';
import { attendeeOnEntry } from './first-attendee.ts';
import { type JoinRequest, sessionOf } from './join-request.ts';
import { leaveOldSeat } from './leave-seat.ts';
import { makeKnown } from './make-known.ts';
import { openPrimary, type PrimaryWish } from './open-primary.ts';
import { openUnattended } from './open-unattended.ts';

/** They are few, and one who joins again may have lost the meeting: Chime is asked more often than for viewers. */
const STAGE_CHECK_MS = 2000;

/**
 * Put a host or presenter on the stage, opening the primary where there is none. The same person gets the same
 * attendee until they leave, from one device or from ten at once.
 */
export async function joinStage(request: JoinRequest, call: Call): Promise<Answer> {
  const startedAt = call.now();
  return untilAnswered(call, () => attempt(request, call, startedAt));
}

async function attempt(request: JoinRequest, call: Call, startedAt: number): Promise<Answer | LookAgain> {
  const { externalMeetingId } = request;
  const [topology, before] = await Promise.all([
    freshTopology(externalMeetingId, call.now()),
    readParticipant(externalMeetingId, call.caller.externalUserId),
  ]);
  if (topology?.status === 'ended') throw new Refusal('MEETING_ENDED');
  await admitCaller(externalMeetingId, before, call);
  if (!topology) return makeKnown(externalMeetingId, call);
  const held = heldAttendee(topology, before);
  if ((await checkPrimary(topology, call, STAGE_CHECK_MS)) === 'moved-on') return 'at-once';
  if (!held) return getOn(request, { topology, before }, call);
  const subject = { topology, caller: call.caller, knownEpoch: topology.epoch };
  const isUnseen = before !== undefined && lastEvidenceOf(before) < startedAt;
  const session = sessionOf(request, call);
  const confirmed = await confirmPlace(subject, {
    Attendee: held,
    session,
    ...(isUnseen && { now: call.now() }),
  });
  if (confirmed === 'lost') return 'at-once';
  if ((await noteReturn(topology)) === 'lost') return 'at-once';
  await leaveOldSeat(subject, seatIn(topology, before), { now: call.now() });
  if ((await stayByRole(subject, before?.place)) === 'lost') return 'at-once';
  const Attendee = (await settledAttendee(topology, before, call)) ?? held;
  const Meeting = topology.primary?.Meeting as ChimeMeeting;
  const { mediaRegion } = topology.primary as { mediaRegion: string };
  const placement = { kind: 'primary', mediaRegion, reason: 'stage' };
  return joined({ topology, session, call }, { Meeting, Attendee, placement });
}

/** A person who joins again is there, whatever events say. `lost`: the primary was left behind meanwhile, as empty perhaps. */
async function noteReturn(topology: Topology): Promise<'noted' | 'lost'> {
  return topology.primary?.emptySince === undefined ? 'noted' : noteAttended(topology);
}

/** A promoted viewer who now comes as a presenter stays where they are, by right of their role. */
async function stayByRole(subject: Subject, place: StagePlace | undefined): Promise<'done' | 'lost'> {
  if (!place?.promoted) return 'done';
  const { promoted: _, ...byRole } = place;
  return swapPlace(subject, { from: place, to: byRole });
}

async function getOn(
  { body }: JoinRequest,
  { topology, before }: { topology: Topology; before: Participant | undefined },
  call: Call,
): Promise<Answer | LookAgain> {
  if (isClaimed(topology.primary, call.now())) return 'soon';
  const subject = { topology, caller: call.caller, knownEpoch: epochIn(topology, before) };
  const first = attendeeOnEntry(subject, { asked: body.capabilities, participant: before });
  const next = await onStage(subject, { first, mediaRegion: body.mediaRegion }, call);
  return typeof next === 'string' ? next : waiting(call, 'opening', next.retryAfterMs, next.detail);
}

async function onStage(subject: Subject, wish: PrimaryWish, call: Call): Promise<Next> {
  const { topology } = subject;
  if (primaryMeetingId(topology)) return enterPrimary(subject, wish, call);
  if (opensUnattended(topology)) return openUnattended(topology, wish.mediaRegion, call);
  return openPrimary(subject, wish, call);
}
