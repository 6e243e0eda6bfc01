import { primaryMeetingId, type Replica, type Topology } from '../../lib/domain/meeting/topology.ts';
import { replicaKey } from '../../lib/store/keys.ts';
import { readSeats } from '../../lib/store/replica/seats.ts';
import { freshTopology } from '../../lib/store/topology/topologies.ts';
import { faultsOf } from '../../simulation/checks/topology-faults.ts';
import { jsonOf } from '../support/json.ts';
import type { TestWorld } from '../support/local-world.ts';

/** A meeting as the emulator reports it. */
interface MeetingFacts {
  meetingId: string;
  externalMeetingId: string;
  primaryMeetingId: string | null;
  status: 'live' | 'ended';
  attendees: number;
  peakAttendees: number;
  capacity: number;
}

interface Books {
  world: TestWorld;
  topology: Topology;
  open: Replica[];
  /** Every meeting that was ever created for this name. */
  made: MeetingFacts[];
}

/**
 * Compares our records with Chime's, and gives the differences in words. There are none when there is one primary, the replicas
 * are those of the topology and fully minted, every attendee of the primary is on stage, and no meeting ever exceeded its
 * capacity.
 */
export async function invariantViolations(world: TestWorld, name: string): Promise<string[]> {
  const topology = (await freshTopology(name, Date.now())) as Topology;
  const all = await jsonOf<MeetingFacts[]>(fetch(`${world.chimeUrl}/_emulator/meetings`));
  const made = all.filter((meeting) => meeting.externalMeetingId === name);
  const open = topology.replicas.filter((replica) => replica.state === 'open');
  const books = { world, topology, made, open };
  return [
    ...faultsOf(topology),
    ...faultsOfMeetings(books),
    ...(await faultsOfStage(books)),
    ...(await faultsOfSeats(books)),
  ];
}

function faultsOfMeetings({ topology, made, open }: Books): string[] {
  const primary = primaryMeetingId(topology) ?? '';
  const live = made.filter((meeting) => meeting.status === 'live');
  const replicas = live.filter((meeting) => meeting.primaryMeetingId !== null);
  return [
    ...differences('primary', idsOf(live.filter((meeting) => !meeting.primaryMeetingId)), [primary]),
    ...differences(
      'replica',
      idsOf(replicas),
      open.map(({ meetingId = '' }) => meetingId),
    ),
    ...replicas
      .filter((replica) => replica.primaryMeetingId !== primary)
      .map(() => 'a replica of another primary'),
    ...made
      .filter((meeting) => meeting.peakAttendees > meeting.capacity)
      .map((meeting) => `${meeting.meetingId} held more than its capacity`),
    ...topology.replicas
      .filter((replica) => replica.state === 'claimed')
      .map(({ ordinal }) => `replica ${ordinal} is still claimed`),
  ];
}

async function faultsOfStage({ world, topology }: Books): Promise<string[]> {
  const url = `${world.chimeUrl}/_emulator/meetings/${primaryMeetingId(topology)}/attendees`;
  const attendees = await jsonOf<{ externalUserId: string; deletedAt: number | null }[]>(fetch(url));
  const names = attendees.filter(({ deletedAt }) => deletedAt === null).map((them) => them.externalUserId);
  return [
    ...names.filter((name, n) => names.indexOf(name) !== n).map((name) => `${name} has two attendees`),
    ...names.filter((name) => !topology.stage.has(name)).map((name) => `${name} is not on the stage`),
  ];
}

async function faultsOfSeats({ topology, made, open }: Books): Promise<string[]> {
  const counts = await readSeats(open.map(({ ordinal }) => replicaKey(topology, ordinal)));
  return open.flatMap(({ ordinal, meetingId, capacity }) => {
    const meeting = made.find((one) => one.meetingId === meetingId);
    const numbers = [capacity, counts.get(ordinal)?.minted, meeting?.attendees, meeting?.capacity];
    const isWhole = new Set(numbers).size === 1;
    return isWhole ? [] : [`replica ${ordinal}: capacity, minted, attendees, Chime's limit: ${numbers}`];
  });
}

const idsOf = (meetings: MeetingFacts[]) => meetings.map(({ meetingId }) => meetingId);

function differences(kind: string, atChime: string[], inTopology: string[]): string[] {
  return [
    ...atChime.filter((id) => !inTopology.includes(id)).map((id) => `${kind} ${id} is not in the topology`),
    ...inTopology.filter((id) => !atChime.includes(id)).map((id) => `${kind} ${id} is not at Chime`),
  ];
}

/** The people on stage by our records, in alphabetical order. */
export async function namesOnStage(name: string): Promise<string[]> {
  const topology = await freshTopology(name, Date.now());
  return [...(topology?.stage ?? [])].toSorted();
}
