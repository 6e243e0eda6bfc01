import type { Role } from '../../context.ts';
import type { MediaRegion } from '../geo/media-regions.ts';
import type { SeatReason } from '../placement/decision.ts';
import type { PlacementRecord } from '../placement/placement-record.ts';
import type { Capabilities } from './capabilities.ts';
import type { Presence } from './presence.ts';
import { type ChimeAttendee, type Lease, nextOrdinal, primaryMeetingId, type Topology } from './topology.ts';

/** A viewer's seat: the ticket is its number on the replica's roll. */
export interface Seat {
  ordinal: number;
  ticket: number;
  meetingId: string;
  mediaRegion: MediaRegion;
  viewerMediaRegion: MediaRegion;
  reason: SeatReason;
  rttMs: number;
  /** What the placement was decided by. */
  decidedBy?: PlacementRecord;
  joinedAt: number;
  /** They gave it back; it is theirs again when they return. */
  left?: boolean;
  leftAt?: number;
}

/** A place on the stage: an attendee in the primary, or the right to make one, or its removal under way. */
export interface StagePlace {
  state: 'claimed' | 'held' | 'leaving';
  /** A viewer let on stage, not somebody whose role puts them there. */
  promoted?: boolean;
  /** Of the request that makes or deletes the attendee; of a place that is held, of the one that asks Chime for `wanted`. */
  lease?: Lease;
  /** As Chime made it, with the Capabilities that Chime last confirmed. */
  Attendee?: ChimeAttendee;
  /** The latest intent for the Capabilities, until Chime has confirmed it. */
  wanted?: Capabilities;
  /** Counts the intents. */
  version?: number;
  joinedAt: number;
}

/** Capabilities that are remembered in this life of the name, beyond a place on stage. */
export interface Allowed {
  incarnation: string;
  capabilities: Capabilities;
}

/** A promoted viewer who left is put on stage again by a join within this time: a reload looks like a goodbye (milliseconds). */
export const RETURN_WITHIN_MS = 30_000;

/** What a promoted viewer gets back who joins again in time. */
export interface StageReturn {
  /** Milliseconds since the epoch. */
  until: number;
  /** What the viewer was last allowed to send and receive on stage. */
  capabilities?: Capabilities;
}

/** A raised hand; good for as long as the name lives this life of its own, whatever happens to Chime's meetings. */
export interface Hand {
  incarnation: string;
  /** ISO 8601. */
  raisedAt: string;
}

/** A person in the topology. Seat and place are good only in the life of the name, and the epoch, that they were given in. */
export interface Participant {
  externalUserId: string;
  role: Role;
  /** `incarnatedAt` of the life of the name that the record was last written in: a ban outlives the name, with all that stands beside it. */
  incarnatedAt?: number;
  epoch: number;
  seat?: Seat;
  place?: StagePlace;
  hand?: Hand;
  /** What a host or presenter last allowed this person on stage by their role; it holds when they leave and join. */
  allowed?: Allowed;
  /** Of a promoted viewer who left: a join until then puts them on stage again. Good for this epoch. */
  stageReturn?: StageReturn;
  /** How others see the person, as of the latest join. */
  displayName?: string;
  /** Of the latest join. The same person on another device, or after a reload, has a new one. */
  sessionId?: string;
  /** ISO 8601. Nothing lets them back, in any epoch, until a host lifts it. */
  bannedAt?: string;
  /** What Chime's events said of their connection to the replica where they sit. */
  presence?: Presence;
  /** The same of their connection to the primary: who comes down from the stage has not left their seat. */
  stagePresence?: Presence;
  /** When the last noted request of this person came (milliseconds since the epoch): they were there then, whatever events say. */
  seenAt?: number;
  /** A seat that a host took from them, until its attendee is deleted and it is counted. */
  revoked?: Seat;
}

/** The epoch that a record is of; undefined for one of another life of the name, whose epochs have nothing to do with these. */
export function epochIn(
  { incarnatedAt }: Topology,
  participant: Participant | undefined,
): number | undefined {
  return participant?.incarnatedAt === incarnatedAt ? participant.epoch : undefined;
}

/** Was the record written in this very epoch? Earlier ones died with their seats and places. */
export function isOfEpoch(
  topology: Topology,
  participant: Participant | undefined,
): participant is Participant {
  return epochIn(topology, participant) === topology.epoch;
}

/** Was the record written in a later life or epoch than this topology is of? Then the topology is out of date. */
export function isAhead({ incarnatedAt, epoch }: Topology, participant: Participant | undefined): boolean {
  const theirs = participant?.incarnatedAt ?? 0;
  return theirs > incarnatedAt || (theirs === incarnatedAt && (participant?.epoch ?? 0) > epoch);
}

/**
 * The seat they hold in this epoch, also one that they left. A seat of a replica that died is none. One of a replica that was
 * claimed after the topology was read counts as theirs: only a newer topology can tell.
 */
export function seatIn(topology: Topology, participant: Participant | undefined): Seat | undefined {
  const seat = isOfEpoch(topology, participant) ? participant.seat : undefined;
  if (!seat) return undefined;
  const isOnRecord = topology.replicas.some(({ ordinal }) => ordinal === seat.ordinal);
  return isOnRecord || seat.ordinal >= nextOrdinal(topology) ? seat : undefined;
}

/** The seat that was taken from them in this epoch, and is still to be dealt with. Earlier ones died with their epoch. */
export function revokedIn(topology: Topology, participant: Participant | undefined): Seat | undefined {
  return isOfEpoch(topology, participant) ? participant.revoked : undefined;
}

/** Their place on the stage in this epoch, whatever its state. */
export function placeIn(topology: Topology, participant: Participant | undefined): StagePlace | undefined {
  return isOfEpoch(topology, participant) ? participant.place : undefined;
}

/** Are they a promoted viewer, with the credential that goes with it? */
export function isPromoted(topology: Topology, participant: Participant | undefined): boolean {
  return heldAttendee(topology, participant) !== undefined && participant?.place?.promoted === true;
}

/**
 * What a promoted viewer who left gets back by joining at `now`; undefined once the time is over, or while on stage. A return that
 * was begun in time is finished later too.
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

/** The hand they raised in this life of the name. */
export function handIn(topology: Topology, participant: Participant | undefined): Hand | undefined {
  return participant?.hand?.incarnation === topology.incarnation ? participant.hand : undefined;
}

/** What a host or presenter last allowed the person on stage, in this life of the name. */
export function allowedIn(
  topology: Topology,
  participant: Participant | undefined,
): Capabilities | undefined {
  const allowed = participant?.allowed;
  return allowed?.incarnation === topology.incarnation ? allowed.capabilities : undefined;
}

/** The primary attendee they hold, if the primary it belongs to is open. */
export function heldAttendee(topology: Topology, participant?: Participant): ChimeAttendee | undefined {
  const place = placeIn(topology, participant);
  return place?.state === 'held' && primaryMeetingId(topology) ? place.Attendee : undefined;
}

/** Are they in the topology now: in a seat that they did not leave, or on stage? */
export function isAttending(topology: Topology, participant: Participant | undefined): boolean {
  if (topology.status === 'ended') return false;
  const seat = seatIn(topology, participant);
  return (seat !== undefined && !seat.left) || heldAttendee(topology, participant) !== undefined;
}
