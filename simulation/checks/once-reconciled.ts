import { presentAttendees } from '../../emulator/state/meetings/meeting.ts';
import { heldAttendee } from '../../lib/domain/meeting/participant.ts';
import { runsShort } from '../../lib/domain/meeting/recycling.ts';
import { primaryMeetingId, type Replica, type Topology } from '../../lib/domain/meeting/topology.ts';
import type { World } from '../world.ts';
import { unmetWish } from './captions.ts';
import { isInDrain, leftInEvacuated } from './drains.ts';
import { isPipeline } from './pipelines.ts';
import { type SeatsRecord, type Stores, storesOf } from './stores.ts';

/** The faults that the reconciler should have repaired and did not. It has had time for several passes. */
export function sweptFaults(world: World, name: string): string[] {
  const stores = storesOf(world, name);
  const { topology } = stores;
  if (!topology) return [];
  return [
    ...orphans(stores),
    ...ghosts(stores, topology),
    ...stageFaults(stores, topology),
    ...seatFaults(stores, topology),
    ...leftInEvacuated(topology),
    ...unmetWish(stores),
  ];
}

/** Every living Chime meeting is in the topology, or recorded as a leftover that the next reconciler pass deletes. */
export function forgottenMeetings(stores: Stores): string[] {
  return orphans({
    ...stores,
    live: stores.live.filter(({ meetingId }) => !stores.leftovers.has(meetingId)),
  });
}

/** Every living Chime meeting is in the topology. */
function orphans({ topology, live }: Pick<Stores, 'topology' | 'live'>): string[] {
  const known = topology ? shown(topology) : [];
  const unknown = live.filter(({ meetingId }) => !known.includes(meetingId));
  return unknown.map(({ meetingId }) => `${meetingId} is an orphan`);
}

function shown(topology: Topology): (string | undefined)[] {
  const open = topology.replicas.filter(({ state }) => state === 'open').map(({ meetingId }) => meetingId);
  return topology.status === 'live' ? [primaryMeetingId(topology), ...open] : [];
}

/** The reverse: everything in the topology lives, and no claim is open. */
function ghosts({ live }: Stores, topology: Topology): string[] {
  const dead = shown(topology).filter((id) => !live.some(({ meetingId }) => meetingId === id));
  const claimed = topology.replicas.filter(({ state }) => state === 'claimed');
  return [
    ...dead.map((id) => `${id} is dead, and shown`),
    ...claimed.map(({ ordinal }) => `replica ${ordinal} is claimed still`),
    ...(topology.primary?.state === 'claimed' ? ['the primary is claimed still'] : []),
  ];
}

/** Each person on stage holds exactly one attendee in the primary, and no other person holds any. */
function stageFaults({ live, participants }: Stores, topology: Topology): string[] {
  const primary = live.find(({ meetingId }) => meetingId === primaryMeetingId(topology));
  if (!primary || topology.status !== 'live') return [];
  const people = presentAttendees(primary).filter((attendee) => !isPipeline(attendee));
  const atChime = people.map(({ attendeeId }) => attendeeId);
  const holders = participants.filter((one) => heldAttendee(topology, one));
  const held = holders.map((one) => heldAttendee(topology, one)?.AttendeeId as string);
  const names = holders.map(({ externalUserId }) => externalUserId);
  return [
    ...atChime
      .filter((id) => !held.includes(id))
      .map((id) => `the attendee ${id} of the primary has no holder`),
    ...held.filter((id) => !atChime.includes(id)).map((id) => `the attendee ${id} is held, and not at Chime`),
    ...[...topology.stage]
      .filter((name) => !names.includes(name))
      .map((name) => `${name} has a place for nothing`),
  ];
}

/** Outside of drained media regions, replicas that run short have no leaked ticket. Chime has as many attendees as were minted and not retired. */
function seatFaults({ seats, live, participants }: Stores, topology: Topology): string[] {
  const isMinted = (replica: Replica) => replica.state === 'open' && !isInDrain(topology, replica);
  const open = topology.status === 'live' ? topology.replicas.filter(isMinted) : [];
  return open.flatMap(({ ordinal, meetingId }) => {
    const record = seats.find((one) => one.epoch === topology.epoch && one.ordinal === ordinal);
    const meeting = live.find((one) => one.meetingId === meetingId);
    if (!record || !meeting) return [];
    const { minted, retired } = record;
    const ours = participants.filter(({ epoch }) => epoch === topology.epoch);
    const undone = ours.filter(({ revoked }) => revoked?.ordinal === ordinal).length;
    const expected = minted - retired.size;
    const isRight = meeting.attendeeCount <= expected && meeting.attendeeCount >= expected - undone;
    return [
      ...(isRight
        ? []
        : [`replica ${ordinal} has ${meeting.attendeeCount} attendees at Chime, not ${expected}`]),
      ...lostTickets(record, ours.filter((one) => (one.seat ?? one.revoked)?.ordinal === ordinal).length),
    ];
  });
}

function lostTickets(record: SeatsRecord, held: number): string[] {
  const { ordinal, taken, minted, returned, retired } = record;
  const known = held + returned.size + retired.size;
  if (!runsShort({ taken, minted, returned, retired }) || known >= taken) return [];
  return [`${taken - known} tickets of replica ${ordinal} are lost`];
}
