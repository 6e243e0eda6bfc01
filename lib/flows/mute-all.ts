import type { Answer, Call } from '../call.ts';
import { updateCapabilities, updateCapabilitiesExcept } from '../chime/capabilities.ts';
import type { Trouble } from '../chime/trouble.ts';
import type { RequestOf } from '../contract/operation.ts';
import type { operations } from '../contract.ts';
import {
  type Capabilities,
  capabilityFault,
  type MeetingFeatures,
  mutedCapabilities,
} from '../domain/capabilities.ts';
import { heldAttendee } from '../domain/participant.ts';
import { type ChimeAttendee, primaryMeetingId, type Topology } from '../domain/topology.ts';
import { Refusal } from '../refusals.ts';
import { readParticipants } from '../store/participants.ts';
import { lookUpTopology } from './look-up.ts';
import { turnFor } from './turn.ts';

type MuteRequest = RequestOf<(typeof operations)['muteAll']>;

/**
 * Take the microphone of everybody on stage but the caller. One batch does for all who have the usual
 * capabilities; whoever has others keeps theirs for video and content, and is muted alone.
 */
export async function muteAll({ externalMeetingId }: MuteRequest, call: Call): Promise<Answer> {
  const topology = await lookUpTopology(externalMeetingId, call);
  if (topology.status === 'ended') throw new Refusal('MEETING_ENDED');
  const primary = primaryMeetingId(topology);
  const held = primary ? await onStage(topology) : [];
  const { externalUserId } = call.caller;
  const mine = held.filter((attendee) => attendee.ExternalUserId === externalUserId);
  const others = held.filter((attendee) => attendee.ExternalUserId !== externalUserId);
  const features = topology.options.meetingFeatures as MeetingFeatures | undefined;
  const usual = mutedCapabilities(features);
  const special = others.filter((attendee) => isSpecial(attendee, usual, features));
  if (primary && others.length > 0) await mute(primary, { usual, mine, others, special }, call);
  return { status: 204 };
}

async function onStage(topology: Topology): Promise<ChimeAttendee[]> {
  const people = await readParticipants(topology.externalMeetingId, [...topology.stage]);
  return people.flatMap((participant) => heldAttendee(topology, participant) ?? []);
}

async function mute(
  primary: string,
  {
    usual,
    mine,
    others,
    special,
  }: { usual: Capabilities } & Record<'mine' | 'others' | 'special', ChimeAttendee[]>,
  call: Call,
): Promise<void> {
  // Chime wants at least one to leave out: without any, the first is muted alone.
  const alone = special.length + mine.length > 0 ? special : others.slice(0, 1);
  for (const attendee of alone) await muteOne(primary, { attendee, usual }, call);
  const excluded = [...mine, ...alone].map(({ AttendeeId }) => AttendeeId);
  await turnFor('BatchUpdateAttendeeCapabilitiesExcept', call);
  refuseUnless(await updateCapabilitiesExcept(primary, { excluded, capabilities: usual }));
}

/** Have they other video or content than usual? What Chime grants by default but refuses by name is usual. */
function isSpecial(
  { Capabilities: theirs }: ChimeAttendee,
  usual: Capabilities,
  features: MeetingFeatures | undefined,
): boolean {
  if (!theirs || capabilityFault(theirs, features)) return false;
  return theirs.Video !== usual.Video || theirs.Content !== usual.Content;
}

async function muteOne(
  primary: string,
  { attendee, usual }: { attendee: ChimeAttendee; usual: Capabilities },
  call: Call,
): Promise<void> {
  const capabilities: Capabilities = { ...(attendee.Capabilities ?? usual), Audio: 'Receive' };
  await turnFor('UpdateAttendeeCapabilities', call);
  refuseUnless(await updateCapabilities(primary, { AttendeeId: attendee.AttendeeId, capabilities }));
}

/** Whoever is gone is as good as muted. */
function refuseUnless(done: object | 'updated' | Trouble): void {
  if (done === 'updated' || done === 'gone' || typeof done === 'object') return;
  throw new Refusal('UPSTREAM_UNAVAILABLE', { cause: new Error(`Chime: ${done}`) });
}
