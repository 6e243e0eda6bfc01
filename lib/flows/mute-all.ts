import type { Answer, Call } from '../call.ts';
import { updateCapabilities, updateCapabilitiesExcept } from '../chime/capabilities.ts';
import { isTrouble, type Trouble } from '../chime/trouble.ts';
import type { RequestOf } from '../contract/operation.ts';
import type { operations } from '../contract.ts';
import type { Capabilities, MeetingFeatures } from '../domain/capabilities.ts';
import { type Muting, mutingOf } from '../domain/muting.ts';
import { epochIn, heldAttendee, type Participant, type StagePlace } from '../domain/participant.ts';
import { runs } from '../domain/seats.ts';
import { type ChimeAttendee, primaryMeetingId, type Topology } from '../domain/topology.ts';
import { Refusal } from '../refusals.ts';
import { readParticipants } from '../store/participants.ts';
import { changePlace } from '../store/places.ts';
import { lookUpTopology } from './look-up.ts';
import { declined, inLine } from './turn.ts';

type MuteRequest = RequestOf<(typeof operations)['muteAll']>;

interface Person {
  participant: Participant;
  Attendee: ChimeAttendee;
}

/** Somebody who was asked to be muted, and what came of it. */
interface Muted {
  people: Person[];
  capabilities: Capabilities;
  trouble: Trouble | undefined;
}

/** So many records are written at once. */
const AT_ONCE = 25;

/**
 * Take the microphone of everybody on stage but the caller. One batch does for all who have the usual capabilities;
 * whoever has others keeps theirs for video and content, and is muted alone. Nobody's trouble keeps the others
 * unmuted, and what was done is written down before any trouble is told. Repeatable.
 */
export async function muteAll({ externalMeetingId }: MuteRequest, call: Call): Promise<Answer> {
  const topology = await lookUpTopology(externalMeetingId, call);
  if (topology.status === 'ended') throw new Refusal('MEETING_ENDED');
  const people = primaryMeetingId(topology) ? await onStage(topology) : [];
  const isCaller = ({ Attendee }: Person) => Attendee.ExternalUserId === call.caller.externalUserId;
  const others = people.filter((person) => !isCaller(person));
  const wanted = mutingOf(others, topology.options.meetingFeatures as MeetingFeatures | undefined);
  const muting = withOneLeftOut(wanted, people.some(isCaller));
  const muted = await mute(primaryMeetingId(topology) as string, { muting, people }, call);
  for (const { people, capabilities } of muted.filter(({ trouble }) => !trouble))
    await writeDown(topology, people, capabilities);
  const trouble = muted.find((each) => each.trouble && each.trouble !== 'gone')?.trouble;
  if (trouble) throw declined(trouble);
  return { status: 204 };
}

async function onStage(topology: Topology): Promise<Person[]> {
  const people = await readParticipants(topology.externalMeetingId, [...topology.stage]);
  return people.flatMap((participant) => {
    const Attendee = heldAttendee(topology, participant);
    return Attendee ? [{ participant, Attendee }] : [];
  });
}

/** Chime wants of a batch that it leaves out at least one: without any, the first is muted alone. */
function withOneLeftOut(muting: Muting<Person>, callerIsThere: boolean): Muting<Person> {
  const [first, ...together] = muting.together;
  if (!first || callerIsThere || muting.alone.length + muting.left.length > 0) return muting;
  return { ...muting, together, alone: [{ person: first, capabilities: muting.usual }] };
}

async function mute(
  primary: string,
  { muting, people }: { muting: Muting<Person>; people: Person[] },
  call: Call,
): Promise<Muted[]> {
  const line = inLine(call, 'long');
  const { usual, together, alone } = muting;
  const single = alone.map(async ({ person, capabilities }) => {
    const { AttendeeId } = person.Attendee;
    const done = await updateCapabilities(line, primary, { AttendeeId, capabilities });
    return { people: [person], capabilities, trouble: isTrouble(done) ? done : undefined };
  });
  if (together.length === 0) return Promise.all(single);
  const others = people.filter((person) => !together.includes(person));
  const excluded = others.map(({ Attendee }) => Attendee.AttendeeId);
  const batch = updateCapabilitiesExcept(line, primary, { excluded, capabilities: usual }).then((done) => ({
    people: together,
    capabilities: usual,
    trouble: done === 'updated' ? undefined : done,
  }));
  return Promise.all([batch, ...single]);
}

/** What they may do now is told to whoever reads their credential. */
async function writeDown(topology: Topology, people: Person[], Capabilities: Capabilities): Promise<void> {
  const write = ({ participant, Attendee }: Person) =>
    changePlace(
      { topology, caller: participant, knownEpoch: epochIn(topology, participant) },
      { ...(participant.place as StagePlace), Attendee: { ...Attendee, Capabilities } },
    );
  for (const some of runs(people, AT_ONCE)) await Promise.all(some.map(write));
}
