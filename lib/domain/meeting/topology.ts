import { ALL_MEDIA_REGIONS, type MediaRegion } from '../geo/media-regions.ts';
import type { CoolDowns } from '../placement/cool-downs.ts';
import { type LearnedLimit, leftByLimit } from '../placement/learned-limit.ts';
import type { Capabilities } from './capabilities.ts';
import type { PrimaryProblem } from './primary-problem.ts';

/** A Chime `Meeting`, whole and in Chime's casing; only what we read is named. */
export interface ChimeMeeting {
  MeetingId: string;
  ExternalMeetingId?: string;
  MediaRegion?: string;
  PrimaryMeetingId?: string;
  [member: string]: unknown;
}

/** A Chime `Attendee`: the credential for one meeting. The JoinToken is a secret of its holder. */
export interface ChimeAttendee {
  AttendeeId: string;
  ExternalUserId: string;
  JoinToken: string;
  Capabilities?: Capabilities;
  [member: string]: unknown;
}

/** What a host may set, as `PUT /meetings/{externalMeetingId}` takes it. */
export interface TopologyOptions {
  mediaRegion?: MediaRegion;
  allowedMediaRegions?: readonly MediaRegion[];
  maxReplicas: number;
  waitForPresenter: boolean;
  /** All but hosts enter the stage muted. */
  muteOnJoin?: boolean;
  meetingFeatures?: Record<string, unknown>;
  tags?: readonly { Key: string; Value: string }[];
}

/** The right to open one meeting, until it expires. A crashed owner is superseded, never waited for. */
export interface Lease {
  owner: string;
  /** Milliseconds since the epoch. */
  until: number;
}

export interface PrimaryMeeting {
  state: 'claimed' | 'open';
  mediaRegion: MediaRegion;
  /** Places for people: Chime's limit less the headroom for content shares and pipelines. */
  capacity: number;
  lease?: Lease;
  Meeting?: ChimeMeeting;
  openedAt?: number;
  /** It is opened by another operation of Chime's, with nobody on stage: whoever takes it over must do the same. */
  unattended?: boolean;
  /** When Chime was last asked whether it lives, and by which request. */
  checkedAt?: number;
  checkedBy?: string;
  /** Since when nobody was seen on stage, as the reconciler found. */
  emptySince?: number;
}

export interface Replica {
  ordinal: number;
  state: 'claimed' | 'open';
  mediaRegion: MediaRegion;
  capacity: number;
  lease?: Lease;
  meetingId?: string;
  /** When it was published (milliseconds since the epoch). */
  openedAt?: number;
  /** The soft mark was crossed: others are preferred. */
  filling?: boolean;
  /** The last ticket was drawn. */
  soldOut?: boolean;
  /** When Chime last failed to open it, without saying that it did not. */
  troubledAt?: number;
  /** Since when Chime did not find its meeting, while it was being opened. */
  goneSince?: number;
  /** Counts the claims on this ordinal. What an earlier claim writes is refused once a later one has written. */
  fence?: number;
}

/** What stands behind one externalMeetingId now. */
export interface Topology {
  externalMeetingId: string;
  /** Tells this life of the name from one that was forgotten: part of every request token. */
  incarnation: string;
  /** When that life began (milliseconds since the epoch): of two lives of one name, the later has the larger number. */
  incarnatedAt: number;
  /** Counts the lives of the Chime meetings behind the name, from 1. */
  epoch: number;
  status: 'scheduled' | 'live' | 'ended';
  options: TopologyOptions;
  primary?: PrimaryMeeting;
  /** The names that hold, or are about to hold, an attendee in the primary. */
  stage: ReadonlySet<string>;
  /** By ordinal, ascending. One that died, or was given up, is not among them. */
  replicas: readonly Replica[];
  /** No replica of this epoch was ever claimed with this ordinal or a higher one. */
  nextOrdinal?: number;
  /** How many viewers the host expects where, if they said. */
  forecast?: Partial<Record<MediaRegion, number>>;
  /** Chime allowed no more replicas than this when it was asked for another. */
  learnedLimit?: LearnedLimit;
  /** Why Chime last did not open the primary, while it is not open. */
  primaryProblem?: PrimaryProblem;
  /** Where Chime failed to open a replica, and has not opened one since. */
  coolDowns?: CoolDowns;
}

/** Is this meeting being opened by somebody who may still be alive? */
export function isClaimed(meeting: { state: string; lease?: Lease } | undefined, now: number): boolean {
  return meeting?.state === 'claimed' && (meeting.lease?.until ?? 0) > now;
}

/** The replicas that are on their way now. */
export function beingOpened({ replicas }: Pick<Topology, 'replicas'>, now: number): Replica[] {
  return replicas.filter((replica) => isClaimed(replica, now));
}

/** Did somebody set out to open this meeting and not finish in time? */
export function isLeaseExpired(meeting: { state: string; lease?: Lease } | undefined, now: number): boolean {
  return meeting?.state === 'claimed' && (meeting.lease?.until ?? 0) <= now;
}

/** The primary's MeetingId, once it is open. */
export function primaryMeetingId(topology: Topology): string | undefined {
  return topology.primary?.state === 'open' ? topology.primary.Meeting?.MeetingId : undefined;
}

/** Chime ends every meeting at this age: https://docs.aws.amazon.com/chime-sdk/latest/dg/create-mtgs.html */
const MOST_AGE_MS = 24 * 3_600_000;
/** A meeting younger than this that is not found may only not be found yet. */
export const FRESH_MS = 2000;

/** Has the primary reached the age at which Chime ends it? */
export function isTooOld({ primary }: Topology, now: number): boolean {
  return now - (primary?.openedAt ?? now) >= MOST_AGE_MS;
}

/** Was the primary opened just now? */
export function isFresh({ primary }: Topology, now: number): boolean {
  return now - (primary?.openedAt ?? 0) < FRESH_MS;
}

/** Is it time to ask Chime again whether the primary lives? */
export function isCheckDue(
  { primary }: Topology,
  { now, everyMs }: { now: number; everyMs: number },
): boolean {
  return now - (primary?.checkedAt ?? primary?.openedAt ?? now) >= everyMs;
}

/** Is the primary opened with nobody on stage? As whoever set out to open it began; else as the host wishes. */
export function opensUnattended({ options, primary }: Topology): boolean {
  return primary?.state === 'claimed' ? primary.unattended === true : !options.waitForPresenter;
}

/**
 * How many replicas may still be opened, by the host's wish and by the limit that Chime was seen to have. Those that Chime
 * failed to open, and nobody has taken up since, take no place: others open elsewhere.
 */
export function replicasLeft({ options, replicas, learnedLimit }: Topology, now: number): number {
  const standing = replicas.filter(takesPlace).length;
  return Math.max(0, Math.min(options.maxReplicas - standing, leftByLimit(learnedLimit, standing, now)));
}

/** Does this replica stand beyond the limit that Chime was seen to have? Opening it asks whether the limit has passed. */
export function isBeyondLimit(
  { replicas, learnedLimit }: Pick<Topology, 'replicas' | 'learnedLimit'>,
  ordinal: number,
): boolean {
  const others = replicas.filter((replica) => replica.ordinal !== ordinal && takesPlace(replica));
  return learnedLimit !== undefined && others.length >= learnedLimit.replicas;
}

/** Is it one of those that may be opened? Not if Chime failed to open it. */
export function takesPlace({ state, troubledAt }: Replica): boolean {
  return state === 'open' || (state === 'claimed' && troubledAt === undefined);
}

/**
 * The lowest ordinal that no replica of this epoch ever had: none is used twice, since a request token hands back the meeting
 * that it opened first, dead or alive.
 */
export function nextOrdinal({
  replicas,
  nextOrdinal = 0,
}: Pick<Topology, 'replicas' | 'nextOrdinal'>): number {
  return Math.max(nextOrdinal, ...replicas.map(({ ordinal }) => ordinal + 1));
}

/**
 * The ordinal of the next replica in this media region: that of one there which was begun and not finished, else a new one. So
 * failures in one media region leave one replica on record, however many they are.
 */
export function ordinalIn(topology: Topology, mediaRegion: MediaRegion, now: number): number {
  const begun = topology.replicas.find((one) => one.mediaRegion === mediaRegion && isLeaseExpired(one, now));
  return begun?.ordinal ?? nextOrdinal(topology);
}

/**
 * How many replicas one topology may hold on record: as many as the host allows, and one for each media region that Chime
 * failed to open. It bounds the size of the item.
 */
export function mostOnRecord({ options }: Pick<Topology, 'options'>): number {
  return options.maxReplicas + ALL_MEDIA_REGIONS.length;
}

/** The fence of the next claim on this ordinal, by what was read of it. */
export function nextFence({ replicas }: Pick<Topology, 'replicas'>, ordinal: number): number {
  return (replicas.find((replica) => replica.ordinal === ordinal)?.fence ?? 0) + 1;
}

/** What is wrong with a topology, in words; empty when it is sound. The reconciler and the tests ask. */
export function faultsOf(topology: Topology): string[] {
  const faults: string[] = [];
  const { primary, replicas, stage } = topology;
  const open = replicas.filter((replica) => replica.state === 'open');
  const ids = [primaryMeetingId(topology), ...open.map((replica) => replica.meetingId)].filter(Boolean);
  if (new Set(ids).size !== ids.length) faults.push('two meetings share one MeetingId');
  if (open.length > 0 && !primaryMeetingId(topology)) faults.push('a replica is open without a primary');
  if (open.some((replica) => !replica.meetingId)) faults.push('an open replica has no MeetingId');
  if (primary && stage.size > primary.capacity) faults.push('the stage holds more than it has places');
  if (topology.status === 'live' && !primaryMeetingId(topology)) faults.push('live without a primary');
  return faults;
}
