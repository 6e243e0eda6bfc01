import { disconnect } from '../../emulator/state/attendees/presence.ts';
import { endMeeting } from '../../emulator/state/meetings/lifecycle.ts';
import type { Attendee, Meeting } from '../../emulator/state/meetings/meeting.ts';
import { applyEvent } from '../../lib/flows/epoch/apply-event.ts';
import type { Handler } from '../../lib/http.ts';
import { claimReplica } from '../../lib/store/topology/replica-claims.ts';
import { freshTopology } from '../../lib/store/topology/topologies.ts';
import type { Chance } from '../../simulation/chance.ts';
import type { Deployment } from '../../simulation/deployment/deployment.ts';

/**
 * What goes wrong in the bench.
 * - `dead, one event arrived`: the primary ended. The event of its end was lost, that of a person's connection was not.
 * - `dead, all events lost`: nothing tells that the primary ended.
 * - `opening not finished`: the request that opened a replica died. It counts from the end of its lease.
 */
export const KINDS = ['dead, one event arrived', 'dead, all events lost', 'opening not finished'] as const;
export type Kind = (typeof KINDS)[number];

export interface Struck {
  kind: Kind;
  name: string;
  /** When the reconciler could have seen it first (milliseconds). */
  at: number;
}

const LEASE_MS = 20_000;

/** The only person of a name, who is on stage. */
export function hostOf({ chime }: Deployment, name: string): { meeting: Meeting; attendee: Attendee } {
  const meeting = [...chime.state.live].find(({ externalMeetingId }) => externalMeetingId === name);
  const attendee = [...(meeting?.attendees.values() ?? [])][0];
  if (!meeting || !attendee) throw new Error(`${name} has no host`);
  return { meeting, attendee };
}

/** Hands an event about a connection to our function, as EventBridge does. */
export async function tell(
  deployment: Deployment,
  { meeting, attendee }: { meeting: Meeting; attendee: Attendee },
  eventType: string,
): Promise<void> {
  const timestamp = Math.floor(deployment.clock.now);
  const { meetingId, externalMeetingId } = meeting;
  const { attendeeId, externalUserId } = attendee;
  const event = { eventType, timestamp, meetingId, externalMeetingId, attendeeId, externalUserId };
  const handler = async () => {
    await applyEvent(event, timestamp);
    return { statusCode: 200, headers: {} };
  };
  await deployment.invoke(handler as Handler, {});
}

/** Lets one thing go wrong at this name, which has so many replicas. */
async function strike(
  deployment: Deployment,
  kind: Kind,
  { name, replicas }: { name: string; replicas: number },
): Promise<Struck> {
  const { clock, chime } = deployment;
  if (kind === 'opening not finished') {
    const until = clock.now + LEASE_MS;
    await claim(deployment, { name, ordinal: replicas }, until);
    return { kind, name, at: until };
  }
  const host = hostOf(deployment, name);
  disconnect(chime.state, host, 'dropped');
  endMeeting(chime.state, host.meeting, Math.floor(clock.now));
  const at = clock.now;
  if (kind === 'dead, one event arrived') await tell(deployment, host, 'chime:AttendeeDropped');
  return { kind, name, at };
}

async function claim(
  deployment: Deployment,
  { name, ordinal }: { name: string; ordinal: number },
  until: number,
): Promise<void> {
  const now = Math.floor(deployment.clock.now);
  const handler = async () => {
    const topology = await freshTopology(name, now);
    if (!topology) throw new Error(`${name} is unknown`);
    const lease = { owner: 'a-request-that-died', until: Math.floor(until) };
    const replica = { ordinal, mediaRegion: 'us-east-1', lease, fence: 1 } as const;
    await claimReplica(topology, replica, now);
    return { statusCode: 200, headers: {} };
  };
  await deployment.invoke(handler as Handler, {});
}

/** Lets `each` things of every kind go wrong at different names, spread at random over this time (milliseconds). */
export async function strikeAll(
  deployment: Deployment,
  chance: Chance,
  { names, each, replicas, ms }: { names: string[]; each: number; replicas: number; ms: number },
): Promise<Struck[]> {
  const kinds = KINDS.flatMap((kind) => Array.from({ length: each }, () => kind));
  const struck = kinds.map(async (kind, k) => {
    const name = names[Math.floor(((k + chance.next()) * names.length) / kinds.length)] as string;
    await deployment.wait(chance.next() * ms);
    return strike(deployment, kind, { name, replicas });
  });
  return Promise.all(struck);
}
