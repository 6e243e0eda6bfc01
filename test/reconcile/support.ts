import { type Meeting, presentAttendees } from '../../emulator/state/meetings/meeting.ts';
import type { Answer, RequestContext } from '../../lib/context.ts';
import { reconcile } from '../../lib/flows/reconcile/run.ts';
import { replicaKey } from '../../lib/store/keys.ts';
import { readCounts } from '../../lib/store/replica/seat-books.ts';
import { freshTopology } from '../../lib/store/topology/topologies.ts';
import type { JoinedBody } from '../../simulation/joined-body.ts';
import { LEASE_IS_OVER_MS, useWorld } from '../flows/support.ts';
import { type PersonOptions, uniqueMeetingId } from '../support/people.ts';
import { stageFaults } from '../support/stage/audit.ts';
import { reconcileMeeting } from './one-name.ts';

/** A little more than the interval between two passes over a live name. */
export const SWEPT_AGAIN_MS = 61_000;
/** A meeting with at most one replica, of ten seats. */
export const SMALL = { meetingFeatures: { Attendee: { MaxCount: 10 } }, maxReplicas: 1 };
export const ONE_REGION = { mediaRegion: 'us-east-1' };

/** One set of deps for the tests of a file, whose reconciler runs when a test says so. */
export function useSweptWorld(
  environment: Record<string, string> = {},
  options: Parameters<typeof useWorld>[1] = {},
) {
  const chime = useWorld(environment, options);
  const { now, pass } = chime;
  const person = (name: string, user: string, options: PersonOptions = {}) =>
    chime.person(name, user, options);
  const host = (name: string) => person(name, 'the-host', { role: 'host' });
  const failed: [string, unknown][] = [];
  const callNow = (): RequestContext => chime.call('reconcile', { role: 'host' });
  const reconciling = () => ({
    ...callNow(),
    until: now() + 3_600_000, // no test of a whole reconcile is about its time
    failed: (name: string, error: unknown) => void failed.push([name, error]),
  });
  const topologyOf = async (name: string) => {
    const topology = await freshTopology(name, now());
    if (!topology) throw new Error(`${name} is unknown`);
    return topology;
  };

  return {
    chime,
    now,
    pass,
    person,
    host,
    failed,
    topologyOf,
    callNow,
    reconcileNow: (more: Partial<Parameters<typeof reconcile>[0]> = {}) =>
      reconcile({ ...reconciling(), ...more }),
    /** Runs the reconciler once every live name is due. */
    reconcileLater: async (ms = SWEPT_AGAIN_MS) => {
      pass(ms);
      return reconcile(reconciling());
    },
    /** Reconciles one name, due or not. */
    reconcileName: (name: string) => reconcileMeeting(name, callNow()),
    /** A host on stage, and this many viewers in their seats. */
    house: async (viewers: number, options: object = SMALL) => {
      const name = uniqueMeetingId();
      await host(name).create(options);
      await host(name).seat();
      const seats: JoinedBody[] = [];
      for (let n = 0; n < viewers; n++) seats.push(await person(name, `viewer-${n}`).seat(ONE_REGION));
      return { name, seats };
    },
    replicaOf: (name: string): Meeting => {
      const replica = chime.live(name).find(({ primaryMeetingId }) => primaryMeetingId !== null);
      if (!replica) throw new Error(`${name} has no live replica`);
      return replica;
    },
    primaryOf: (name: string) => chime.live(name).find(({ primaryMeetingId }) => primaryMeetingId === null),
    countsOf: async (name: string, ordinal = 0) => {
      const counts = await readCounts(replicaKey(await topologyOf(name), ordinal));
      if (!counts) throw new Error(`replica ${ordinal} of ${name} has no counts`);
      return counts;
    },
    /** Joins until there is an answer. Every wait is a lease long. */
    persist: async (join: () => Promise<Answer>): Promise<JoinedBody> => {
      for (let tries = 0; tries < 6; tries++) {
        const answer = await join().catch(() => undefined);
        if (answer?.status === 200) return answer.body as JoinedBody;
        pass(LEASE_IS_OVER_MS);
      }
      throw new Error('still waiting after 6 leases');
    },
    /** The differences between the records of a name and Chime, once no request is under way. */
    wrongWith: async (name: string) => [
      ...(await stageFaults(chime.world, name)),
      ...(await seatFaults(chime.live(name), await topologyOf(name))),
    ],
  };
}

export type SweptWorld = ReturnType<typeof useSweptWorld>;

/** Chime has exactly the seats that are minted and not retired, and never exceeded its capacity. */
async function seatFaults(live: Meeting[], topology: Awaited<ReturnType<SweptWorld['topologyOf']>>) {
  const { replicas } = topology;
  const open = replicas.filter(({ state }) => state === 'open');
  const faults = open.map(async ({ ordinal, meetingId }) => {
    const meeting = live.find((one) => one.meetingId === meetingId);
    const counts = await readCounts(replicaKey(topology, ordinal));
    if (!meeting || !counts) return [`replica ${ordinal} is not at Chime`];
    const atChime = presentAttendees(meeting).length;
    const expected = counts.minted - counts.retired.size;
    const isRight = atChime === expected && meeting.peakAttendees <= meeting.capacity;
    const told = `${atChime} at Chime, ${expected} in the books, ${meeting.peakAttendees} at most`;
    return isRight ? [] : [`replica ${ordinal}: ${told}`];
  });
  return (await Promise.all(faults)).flat();
}

/** Would Chime accept this credential? */
export function isGood(world: SweptWorld, { Meeting, Attendee }: JoinedBody): boolean {
  const meeting = world.chime.world.emulator.state.meetings.get(Meeting.MeetingId);
  return meeting?.endedAt === null && meeting.attendees.get(Attendee.AttendeeId)?.deletedAt === null;
}
