import type { Participant } from '../domain/participant.ts';
import { heldAttendee, seatIn } from '../domain/participant.ts';
import type { Topology } from '../domain/topology.ts';

/** Is this person in the topology now: in a seat that they did not leave, or on stage? */
export function isAttending(topology: Topology, participant: Participant): boolean {
  const seat = seatIn(topology, participant);
  return (seat !== undefined && !seat.left) || heldAttendee(topology, participant) !== undefined;
}

/** One person as hosts see them: where they sit and since when, never a credential. */
export function attendeeView(topology: Topology, participant: Participant) {
  const { externalUserId, role, place } = participant;
  const seat = seatIn(topology, participant);
  const isOnStage = heldAttendee(topology, participant) !== undefined;
  const joinedAt = (seat && !seat.left ? seat.joinedAt : place?.joinedAt) as number;
  return {
    externalUserId,
    role,
    mediaRegion: seat && !seat.left ? seat.mediaRegion : topology.primary?.mediaRegion,
    ...(seat && !seat.left && { ordinal: seat.ordinal }),
    joinedAt: new Date(joinedAt).toISOString(),
    promoted: isOnStage && role === 'viewer',
    presence: 'expected',
  };
}
