import { type Meeting, presentAttendees } from '../../../emulator/state/meetings/meeting.ts';
import { type Participant, placeIn, seatIn } from '../../../lib/domain/meeting/participant.ts';
import { primaryMeetingId, type Topology } from '../../../lib/domain/meeting/topology.ts';
import { replicaKey } from '../../../lib/store/keys.ts';
import { readParticipantList } from '../../../lib/store/participant/participant-list.ts';
import { readParticipants } from '../../../lib/store/participant/participants.ts';
import { readCredentials } from '../../../lib/store/replica/credentials.ts';
import { readSeats, seated } from '../../../lib/store/replica/seats.ts';
import { freshTopology } from '../../../lib/store/topology/topologies.ts';
import type { TestWorld } from '../local-world.ts';
import { clock } from '../skipping-clock.ts';
import { liveMeetings, livePrimary } from './facts.ts';

interface Books {
  topology: Topology;
  people: Participant[];
  /** The primary that lives at Chime, if it is the topology's. */
  primary: Meeting | undefined;
}

/**
 * The differences between the records of a name and Chime, in words, once no request is under way. There are none when the stage
 * matches the attendees of the primary, each record names an existing attendee, every replica counts its seated people right,
 * and banned people hold nothing. People in `known` need not be looked for.
 */
export async function stageFaults(world: TestWorld, name: string, known?: string[]): Promise<string[]> {
  const topology = (await freshTopology(name, clock.now())) as Topology;
  const participants = known ? await readParticipants(name, known) : await allParticipants(name);
  const alive = livePrimary(world, name);
  const isOurs = alive?.meetingId === primaryMeetingId(topology) && topology.status === 'live';
  const books = { topology, people: participants, primary: isOurs ? alive : undefined };
  return [
    ...orphans(world, books),
    ...faultsOfStage(books),
    ...faultsOfPlaces(books),
    ...faultsOfCapabilities(books),
    ...faultsOfPromotions(books),
    ...faultsOfBanned(books),
    ...(await faultsOfCounts(books)),
  ];
}

async function allParticipants(name: string): Promise<Participant[]> {
  return (await readParticipantList(name, { shard: 0 }, { limit: 1000, wanted: () => true })).participants;
}

/** The person whose record names this attendee, in the seats of this epoch. */
export async function seatAttendee(topology: Topology, person: Participant | undefined) {
  const seat = seatIn(topology, person);
  if (!seat) return undefined;
  const entry = await readCredentials(replicaKey(topology, seat.ordinal), seat.ticket);
  return entry && { meetingId: seat.meetingId, attendeeId: entry.Attendee.AttendeeId };
}

function orphans(world: TestWorld, { topology }: Books): string[] {
  const ours = new Set([primaryMeetingId(topology), ...topology.replicas.map(({ meetingId }) => meetingId)]);
  if (topology.status === 'ended') ours.clear();
  const live = liveMeetings(world, topology.externalMeetingId);
  return live
    .filter(({ meetingId }) => !ours.has(meetingId))
    .map(({ meetingId }) => `${meetingId} is an orphan`);
}

function faultsOfStage({ topology, primary }: Books): string[] {
  if (!primary) return [];
  const names = presentAttendees(primary).map(({ externalUserId }) => externalUserId);
  return [
    ...names.filter((one, n) => names.indexOf(one) !== n).map((one) => `${one} has two attendees`),
    ...names.filter((one) => !topology.stage.has(one)).map((one) => `${one} is at Chime, not on stage`),
    ...[...topology.stage]
      .filter((one) => !names.includes(one))
      .map((one) => `${one} is on stage, not at Chime`),
  ];
}

function faultsOfPlaces({ topology, people, primary }: Books): string[] {
  if (!primary) return [];
  const present = new Map(presentAttendees(primary).map((one) => [one.externalUserId, one.attendeeId]));
  return people.flatMap((person) => {
    const place = placeIn(topology, person);
    const known = place?.state === 'held' ? place.Attendee?.AttendeeId : undefined;
    const isRight = known === present.get(person.externalUserId) && (!place || place.state === 'held');
    return isRight ? [] : [`the record of ${person.externalUserId} does not say what is at Chime`];
  });
}

/** People on stage have the capabilities of their records at Chime, and no intent is open. */
function faultsOfCapabilities({ topology, people, primary }: Books): string[] {
  if (!primary) return [];
  const atChime = new Map(presentAttendees(primary).map((one) => [one.attendeeId, one.capabilities]));
  return people.flatMap((person) => {
    const place = placeIn(topology, person);
    const { AttendeeId = '', Capabilities } = (place?.state === 'held' && place.Attendee) || {};
    const theirs = atChime.get(AttendeeId);
    if (!theirs) return [];
    const isRight = JSON.stringify(sorted(theirs)) === JSON.stringify(sorted(Capabilities)) && !place?.wanted;
    return isRight ? [] : [`${person.externalUserId} may do other than the record says`];
  });
}

const sorted = (members: object = {}) => Object.entries(members).toSorted();

function faultsOfPromotions({ topology, people }: Books): string[] {
  const promoted = people.filter((person) => placeIn(topology, person)?.promoted);
  const seatless = promoted.filter(
    (person) => seatIn(topology, person)?.left !== undefined || !seatIn(topology, person),
  );
  return seatless.map(({ externalUserId }) => `${externalUserId} is promoted out of no seat`);
}

function faultsOfBanned({ topology, people }: Books): string[] {
  const banned = people.filter(({ bannedAt }) => bannedAt !== undefined);
  const holding = banned.filter((person) => placeIn(topology, person) ?? seatIn(topology, person));
  return holding.map(({ externalUserId }) => `${externalUserId} is banned and holds something`);
}

async function faultsOfCounts({ topology, people }: Books): Promise<string[]> {
  const { replicas } = topology;
  const counts = await readSeats(replicas.map(({ ordinal }) => replicaKey(topology, ordinal)));
  const seats = people.flatMap((person) => seatIn(topology, person) ?? []).filter(({ left }) => !left);
  return [...counts].flatMap(([ordinal, count]) => {
    const sitting = seats.filter((seat) => seat.ordinal === ordinal).length;
    const counted = seated(count);
    return counted === sitting
      ? []
      : [`replica ${ordinal} counts ${counted} people, and ${sitting} sit there`];
  });
}
