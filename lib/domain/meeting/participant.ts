import type { Role } from '../../context.ts';
import type { MediaRegion } from '../geo/media-regions.ts';
import type { SeatReason } from '../placement/decision.ts';
import type { PlacementRecord } from '../placement/placement-record.ts';
import type { Capabilities } from './capabilities.ts';
import { nextOrdinal } from './ordinals.ts';
import type { Presence } from './presence.ts';
import { type ChimeAttendee, type Lease, primaryMeetingId, type Topology } from './topology.ts';

/** A viewer's seat. The ticket is its number in the replica's seat credentials. */
export interface Seat {
  ordinal: number;
  ticket: number;
  meetingId: string;
  mediaRegion: MediaRegion;
  viewerMediaRegion: MediaRegion;
  reason: SeatReason;
  rttMs: number;
  /** The inputs of the placement decision. */
  decidedBy?: PlacementRecord;
  joinedAt: number;
  /** The viewer returned the seat, and gets it back on the next join. */
  left?: boolean;
  leftAt?: number;
}

/** A place on the stage: an attendee in the primary, the right to create one, or its removal in progress. */
export interface StagePlace {
  state: 'claimed' | 'held' | 'leaving';
  /** A viewer who was promoted, rather than a person whose role allows the stage. */
  promoted?: boolean;
  /** A promoted viewer who returned here by joining again, without a new promotion. */
  returned?: boolean;
  /**
   * The lease of the request that creates or deletes the attendee; for a confirmed place, of the request that asks Chime for
   * `wanted`.
   */
  lease?: Lease;
  /** As Chime created it, with the Capabilities that Chime last confirmed. */
  Attendee?: ChimeAttendee;
  /** The latest wanted Capabilities, until Chime has confirmed them. */
  wanted?: Capabilities;
  /** Counts the changes of `wanted`. */
  version?: number;
  joinedAt: number;
}

/** Capabilities that are remembered in this incarnation of the name, beyond a place on stage. */
export interface Allowed {
  incarnation: string;
  capabilities: Capabilities;
}

/** What a promoted viewer gets back by joining again in time. */
export interface StageReturn {
  /** Milliseconds since the epoch. */
  until: number;
  /** What the viewer was last allowed to send and receive on stage. */
  capabilities?: Capabilities;
}

/** A raised hand. It stays valid for this incarnation of the name, whatever happens to Chime's meetings. */
export interface Hand {
  incarnation: string;
  /** When that incarnation began. A record of a later one may still hold the hand. */
  incarnatedAt?: number;
  /** ISO 8601. */
  raisedAt: string;
}

/** A person in the topology. Seat and place are valid only in the incarnation and epoch in which they were given. */
export interface Participant {
  externalUserId: string;
  role: Role;
  /**
   * `incarnatedAt` of the incarnation in which the record was last written. A banned person's record never expires, so
   * it may be of an earlier incarnation; then only the ban still holds.
   */
  incarnatedAt?: number;
  epoch: number;
  seat?: Seat;
  /** How many seats the person was assigned in this epoch. */
  assignments?: number;
  place?: StagePlace;
  hand?: Hand;
  /** What a host or presenter last allowed this person on stage by role. It survives leaving and joining. */
  allowed?: Allowed;
  /** A promoted viewer who left returns to the place on stage by a join until this time. Valid for this epoch. */
  stageReturn?: StageReturn;
  /** The name that others see, as of the latest join. */
  displayName?: string;
  /** The session of the latest join. The same person on another device, or after a reload, has a new one. */
  sessionId?: string;
  /** ISO 8601. The ban holds in every epoch and incarnation, until a host lifts it. */
  bannedAt?: string;
  /** What Chime's events said of the connection to the seat's replica. */
  presence?: Presence;
  /** The same for the connection to the primary. A viewer who leaves the stage has not left the seat. */
  stagePresence?: Presence;
  /** When this person's last noted request came (milliseconds since the epoch): evidence of presence, whatever events say. */
  seenAt?: number;
  /** A seat that a host revoked, until its attendee is deleted and the seat is counted. */
  revoked?: Seat;
}

/** The epoch of a record; undefined for a record of another incarnation, whose epochs are unrelated. */
export function epochIn(
  { incarnatedAt }: Topology,
  participant: Participant | undefined,
): number | undefined {
  return participant?.incarnatedAt === incarnatedAt ? participant.epoch : undefined;
}

/** Whether the record was written in this epoch. Seats and places of earlier epochs ended with them. */
export function isOfEpoch(
  topology: Topology,
  participant: Participant | undefined,
): participant is Participant {
  return epochIn(topology, participant) === topology.epoch;
}

/** Whether the record was written in a later incarnation or epoch than this topology's, which is then stale. */
export function isAhead({ incarnatedAt, epoch }: Topology, participant: Participant | undefined): boolean {
  const theirs = participant?.incarnatedAt ?? 0;
  return theirs > incarnatedAt || (theirs === incarnatedAt && (participant?.epoch ?? 0) > epoch);
}

/**
 * The viewer's seat in this epoch, also one that the viewer left. A seat in a replica that died does not count. A seat
 * in a replica that the topology does not have yet does count: the replica was claimed after the topology was read.
 */
export function seatIn(topology: Topology, participant: Participant | undefined): Seat | undefined {
  const seat = isOfEpoch(topology, participant) ? participant.seat : undefined;
  if (!seat) return undefined;
  const isOnRecord = topology.replicas.some(({ ordinal }) => ordinal === seat.ordinal);
  return isOnRecord || seat.ordinal >= nextOrdinal(topology) ? seat : undefined;
}

/** How many seats the viewer was assigned in this epoch. */
export function assignmentsIn(topology: Topology, participant: Participant | undefined): number {
  return (isOfEpoch(topology, participant) && participant.assignments) || 0;
}

/** The seat that was revoked in this epoch and is still to be cleaned up. Earlier ones ended with their epoch. */
export function revokedIn(topology: Topology, participant: Participant | undefined): Seat | undefined {
  return isOfEpoch(topology, participant) ? participant.revoked : undefined;
}

/** The person's place on the stage in this epoch, in any state. */
export function placeIn(topology: Topology, participant: Participant | undefined): StagePlace | undefined {
  return isOfEpoch(topology, participant) ? participant.place : undefined;
}

/** Whether a request holds the lease to work on this place at Chime. */
export const isLeased = ({ lease }: StagePlace, now: number): boolean => (lease?.until ?? 0) > now;

/** Whether the request that was to create or to delete the person's attendee died, or did not finish. */
export const isAbandoned = (place: StagePlace, now: number): boolean =>
  place.state !== 'held' && !isLeased(place, now);

/** The attendee in the primary of a promoted viewer. */
export function promotedAttendee(
  topology: Topology,
  participant: Participant | undefined,
): ChimeAttendee | undefined {
  return participant?.place?.promoted ? heldAttendee(topology, participant) : undefined;
}

/** Whether the person is a promoted viewer and holds the attendee for it. */
export function isPromoted(topology: Topology, participant: Participant | undefined): boolean {
  return promotedAttendee(topology, participant) !== undefined;
}

/**
 * What a promoted viewer who left gets back by joining at `now`. Undefined after the time for a return, or while the
 * viewer is on stage. A return that began in time may finish later.
 */
export function stageReturnAt(
  topology: Topology,
  participant: Participant | undefined,
  now: number,
): StageReturn | undefined {
  const found = isOfEpoch(topology, participant) ? participant.stageReturn : undefined;
  const state = placeIn(topology, participant)?.state;
  const isDue = state === 'claimed' || (state !== 'held' && now < (found?.until ?? 0));
  return isDue ? found : undefined;
}

/** The hand that the person raised in this incarnation of the name. */
export function handIn(topology: Topology, participant: Participant | undefined): Hand | undefined {
  return participant?.hand?.incarnation === topology.incarnation ? participant.hand : undefined;
}

/** What a host or presenter last allowed the person on stage, in this incarnation of the name. */
export function allowedIn(
  topology: Topology,
  participant: Participant | undefined,
): Capabilities | undefined {
  const allowed = participant?.allowed;
  return allowed?.incarnation === topology.incarnation ? allowed.capabilities : undefined;
}

/** The person's attendee in the primary, if that primary is open. */
export function heldAttendee(topology: Topology, participant?: Participant): ChimeAttendee | undefined {
  const place = placeIn(topology, participant);
  return place?.state === 'held' && primaryMeetingId(topology) ? place.Attendee : undefined;
}

/** Whether the person is in the topology now: on stage, or in a seat that was not left. */
export function isAttending(topology: Topology, participant: Participant | undefined): boolean {
  if (topology.status === 'ended') return false;
  const seat = seatIn(topology, participant);
  return (seat !== undefined && !seat.left) || heldAttendee(topology, participant) !== undefined;
}
