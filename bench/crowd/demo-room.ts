import { handle } from '../../emulator/handle.ts';
import { takeRate } from '../../emulator/state/buckets.ts';
import { countCall } from '../../emulator/state/calls.ts';
import { type ChimeState, createState } from '../../emulator/state/state.ts';
import { type Chance, chanceOf } from '../../simulation/chance.ts';
import { type Clock, createClock } from '../../simulation/deployment/clock.ts';
import { LATENCY_MS, latencyOf } from '../../simulation/deployment/latency.ts';

export interface DemoOutcome {
  /** The time at which each viewer was seated (milliseconds from the start), in the order of the viewers. */
  seatedAt: number[];
  /** The time for which the function that seated each viewer ran. */
  workedMs: number[];
  /** Viewers in a meeting that their title no longer leads to. */
  stranded: number;
  requests: number;
  reads: number;
  writes: number;
  billedMs: number;
  /** Chime's calls, and those that were answered with 429 or refused. */
  chime: ChimeState;
}

/** Chime, the demo's table and the network, in virtual time. */
export interface Room {
  clock: Clock<never>;
  chance: Chance;
  /** Applies the quota: the emulator's own token buckets. */
  chime: ChimeState;
  /** Creates meetings and attendees, after the quota allowed the call. */
  maker: ChimeState;
  records: Map<number, string>;
  primary: string;
  sittingIn: string[];
  outcome: DemoOutcome;
}

export type Operation = 'CreateMeeting' | 'CreateAttendee';
const SCOPE = { accountId: '111122223333', controlRegion: 'us-east-1' };

/** Opens a stage without viewers. */
export function openRoom(seed: number): Room {
  const clock = createClock<never>(0);
  const hex = chanceOf(seed, 'ids').hex;
  const now = () => clock.now;
  const free = {
    ratePerSecond: 1e9,
    burst: 1e9,
    replicasPerPrimary: 1e6,
    concurrentMeetings: 1e6,
    idleEndMs: 1e9,
  };
  const maker = createState({ ...free, authorization: 'ignore' }, { now, hex });
  const chime = createState({}, { now, hex });
  const outcome = {
    seatedAt: [],
    workedMs: [],
    stranded: 0,
    requests: 0,
    reads: 0,
    writes: 0,
    billedMs: 0,
    chime,
  };
  const room = {
    clock,
    chance: chanceOf(seed, 'demo'),
    chime,
    maker,
    records: new Map(),
    primary: '',
    sittingIn: [],
    outcome,
  };
  return { ...room, primary: made(room, { ExternalMeetingId: 'stage' }) };
}

/** Whether the quota allows a call; the call is counted in any case. */
export function isLetIn({ chime }: Room, operation: Operation): boolean {
  const isLet = takeRate(chime, SCOPE, operation);
  countCall(chime, operation, isLet ? '200' : 'ThrottlingException');
  return isLet;
}

/** Performs a call; returns the meeting that was created, or that got an attendee. */
export function perform(room: Room, operation: Operation, meetingId: string): string {
  if (operation === 'CreateMeeting')
    return made(room, { ExternalMeetingId: 'replica', PrimaryMeetingId: meetingId });
  const path = `/meetings/${meetingId}/attendees`;
  post(room, path, { ExternalUserId: `${room.chance.hex(8)}#viewer` });
  return meetingId;
}

function made(room: Room, members: object): string {
  const body = { ClientRequestToken: room.chance.hex(32), MediaRegion: 'us-east-1', ...members };
  return (post(room, '/meetings', body) as { Meeting: { MeetingId: string } }).Meeting.MeetingId;
}

function post({ maker }: Room, path: string, body: object): unknown {
  const reply = handle(maker, { method: 'POST', path, query: {}, headers: {}, body: JSON.stringify(body) });
  if (reply.status !== 200) throw new Error(`The emulator answered ${reply.status}: ${reply.body}`);
  return JSON.parse(reply.body);
}

/** Half a round trip, drawn anew. */
export const halfOf = ({ chance }: Room, to: keyof typeof LATENCY_MS) =>
  latencyOf(LATENCY_MS[to], chance) / 2;
