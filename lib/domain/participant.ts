import type { Role } from '../call.ts';
import type { MediaRegion } from './media-regions.ts';
import type { SeatReason } from './placement.ts';
import { type ChimeAttendee, type Lease, primaryMeetingId, type Topology } from './topology.ts';

/** A viewer's seat: the ticket is its number on the replica's roll. */
export interface Seat {
  ordinal: number;
  ticket: number;
  meetingId: string;
  mediaRegion: MediaRegion;
  viewerMediaRegion: MediaRegion;
  reason: SeatReason;
  rttMs: number;
  joinedAt: number;
  /** They gave it back; it is theirs again when they return. */
  left?: boolean;
}

/** A place on the stage: an attendee in the primary, or the right to make one, or its removal under way. */
export interface StagePlace {
  state: 'claimed' | 'held' | 'leaving';
  lease?: Lease;
  Attendee?: ChimeAttendee;
  joinedAt: number;
}

/** A person in the topology. Seat and place are good only in the epoch they were given in. */
export interface Participant {
  externalUserId: string;
  role: Role;
  epoch: number;
  seat?: Seat;
  place?: StagePlace;
}

/** The seat they hold in this epoch, also one that they left. */
export function seatIn(topology: Topology, participant: Participant | undefined): Seat | undefined {
  return participant?.epoch === topology.epoch ? participant.seat : undefined;
}

/** Their place on the stage in this epoch, whatever its state. */
export function placeIn(topology: Topology, participant: Participant | undefined): StagePlace | undefined {
  return participant?.epoch === topology.epoch ? participant.place : undefined;
}

/** The primary attendee they hold, if the primary it belongs to is open. */
export function heldAttendee(topology: Topology, participant?: Participant): ChimeAttendee | undefined {
  const place = placeIn(topology, participant);
  return place?.state === 'held' && primaryMeetingId(topology) ? place.Attendee : undefined;
}

/** Are they here: with a seat that they did not leave, or on the stage? */
export function isHere(participant: Participant): boolean {
  return (participant.seat !== undefined && !participant.seat.left) || participant.place?.state === 'held';
}
