import type { CaptionsAsked, CaptionsSeen, CaptionsWish } from '../captions/wish.ts';
import type { MediaRegion } from '../geo/media-regions.ts';
import type { CoolDowns } from '../placement/cool-downs.ts';
import type { Drains } from '../placement/drains.ts';
import type { LearnedLimit } from '../placement/learned-limit.ts';
import type { Capabilities, MeetingFeatures } from './capabilities.ts';
import type { PrimaryProblem } from './primary-problem.ts';
import type { SessionOptions } from './session-options.ts';

/** A Chime `Meeting`, whole and in Chime's casing. Only the members that we read are named. */
export interface ChimeMeeting {
  MeetingId: string;
  ExternalMeetingId?: string;
  MediaRegion?: string;
  PrimaryMeetingId?: string;
  MeetingFeatures?: MeetingFeatures;
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
export interface TopologyOptions extends SessionOptions {
  mediaRegion?: MediaRegion;
  allowedMediaRegions?: readonly MediaRegion[];
  maxReplicas: number;
  waitForPresenter: boolean;
  /** What lets viewers in: a presenter on stage, or a host who opens the curtain. Absent: a presenter. */
  admission?: 'presenter' | 'manual';
  /** When the event starts, in RFC 3339. Viewers wait until then. */
  startsAt?: string;
  /** All but hosts enter the stage muted. */
  muteOnJoin?: boolean;
  /** The share of clients that report how they fare. */
  clientEventsSample?: number;
  meetingFeatures?: MeetingFeatures;
  tags?: readonly { Key: string; Value: string }[];
}

/**
 * The right to open one meeting, until it expires. Another request takes over from a crashed owner without waiting for it.
 */
export interface Lease {
  owner: string;
  /** Milliseconds since the epoch. */
  until: number;
}

export interface PrimaryMeeting {
  state: 'claimed' | 'open';
  mediaRegion: MediaRegion;
  /** Places for people: Chime's limit minus the headroom for content shares and pipelines. */
  capacity: number;
  lease?: Lease;
  Meeting?: ChimeMeeting;
  openedAt?: number;
  /** Chime did not find it yet when it was published: there was no permit to ask. See `isUnproven`. */
  unproven?: true;
  /**
   * Opened with an empty stage, by a different Chime operation than otherwise. A request that takes over must use the same
   * one.
   */
  unattended?: boolean;
  /** When Chime was last asked whether the meeting lives, and by which request. */
  checkedAt?: number;
  checkedBy?: string;
  /** Since when the stage is empty, as the reconciler found. */
  emptySince?: number;
  captionsAsked?: CaptionsAsked;
  captionsSeen?: CaptionsSeen;
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
  /** The soft mark was crossed: placement prefers other replicas. */
  filling?: boolean;
  /** The last ticket was drawn. */
  soldOut?: boolean;
  /** When Chime last failed to open it with an indeterminate result. */
  failedAt?: number;
  /** Since when Chime did not find its meeting, while it was being opened. */
  goneSince?: number;
  /** What its claim knew of the quota. Viewers who wait are told by it when to return. */
  permits?: ReplicaPermits;
  /** Counts the claims on this ordinal. Writes of an earlier claim are rejected once a later claim has written. */
  fence?: number;
}

/** The quota, as the claim on a replica found it. */
export interface ReplicaPermits {
  /** Until when it is reserved, with the permits of this replica (milliseconds since the epoch). */
  until: number;
  /** How many names opened replicas, this one included. */
  names: number;
}

/** The current state behind one externalMeetingId. */
export interface Topology {
  externalMeetingId: string;
  /**
   * Identifies this incarnation: one life of the name, from its creation or reopening to its end. Part of every request
   * token.
   */
  incarnation: string;
  /** When this incarnation began (milliseconds since the epoch). A later incarnation has a larger number. */
  incarnatedAt: number;
  /**
   * The number of the current set of Chime meetings behind the name, from 1. The next one begins when the primary dies.
   */
  epoch: number;
  status: 'scheduled' | 'live' | 'ended';
  options: TopologyOptions;
  primary?: PrimaryMeeting;
  /** The people who hold, or are about to hold, an attendee in the primary. */
  stage: ReadonlySet<string>;
  /** By ordinal, ascending. Replicas that died, or whose claim was deleted, are not included. */
  replicas: readonly Replica[];
  /** No replica of this epoch was ever claimed with this ordinal or a higher one. */
  nextOrdinal?: number;
  /** Since when the curtain is open (milliseconds since the epoch). It outlives epochs, and is closed by a reopening. */
  liveSince?: number;
  /** How many viewers the host expects in which media region, if the host gave a forecast. */
  forecast?: Partial<Record<MediaRegion, number>>;
  /** The viewers of the earlier lives of the name, by media region. Each life halves the numbers of those before it. */
  lastAudience?: Partial<Record<MediaRegion, number>>;
  /** The number of replicas at which Chime refused another one. */
  learnedLimit?: LearnedLimit;
  /** Why Chime did not open the primary at the last attempt, while it is not open. */
  primaryProblem?: PrimaryProblem;
  /** The media regions where Chime failed to open a replica, and has not opened one since. */
  coolDowns?: CoolDowns;
  /** The media regions that hosts or operators drain. They outlive epochs; a reopening lifts them. */
  drains?: Drains;
  /** What hosts want of captions. It outlives epochs; a reopening removes it. */
  captions?: CaptionsWish;
}

/** A primary that is published. */
export type OpenPrimary = PrimaryMeeting & { state: 'open'; Meeting: ChimeMeeting };

/** A topology with an open primary, not ended. Its people can be admitted, and its replicas opened. */
export type LiveTopology = Topology & { status: 'live'; primary: OpenPrimary };

export function isLive(topology: Topology | undefined): topology is LiveTopology {
  return topology?.status === 'live' && primaryMeetingId(topology) !== undefined;
}

/** A replica that is published. The same write stores its MeetingId. */
export type OpenReplica = Replica & { state: 'open'; meetingId: string };

export function isOpen(replica: Replica): replica is OpenReplica {
  return replica.state === 'open';
}

/** Whether a replica is open and not marked as sold out. */
export function isOnSale(replica: Replica): replica is OpenReplica {
  return isOpen(replica) && !replica.soldOut;
}

/** Whether a live lease covers the opening of this meeting. */
export function isClaimed(meeting: { state: string; lease?: Lease } | undefined, now: number): boolean {
  return meeting?.state === 'claimed' && (meeting.lease?.until ?? 0) > now;
}

/** The replicas that are being opened now. */
export function beingOpened({ replicas }: Pick<Topology, 'replicas'>, now: number): Replica[] {
  return replicas.filter((replica) => isClaimed(replica, now));
}

/** Whether the opening of this meeting was begun and not finished before its lease expired. */
export function isLeaseExpired(meeting: { state: string; lease?: Lease } | undefined, now: number): boolean {
  return meeting?.state === 'claimed' && (meeting.lease?.until ?? 0) <= now;
}

/** The primary's MeetingId, once it is open. */
export function primaryMeetingId(topology: Topology): string | undefined {
  return topology.primary?.state === 'open' ? topology.primary.Meeting?.MeetingId : undefined;
}

/** Chime ends every meeting at this age (milliseconds): https://docs.aws.amazon.com/chime-sdk/latest/dg/create-mtgs.html */
export const MOST_AGE_MS = 24 * 3_600_000;
/** Whether the primary has reached the age at which Chime ends it. */
export function isTooOld({ primary }: Topology, now: number): boolean {
  return now - (primary?.openedAt ?? now) >= MOST_AGE_MS;
}

/** When Chime ends the primary at the latest (milliseconds since the epoch). */
export const endsAt = ({ primary }: LiveTopology): number => (primary.openedAt ?? 0) + MOST_AGE_MS;

/** Whether to ask Chime again if the primary lives. */
export function isCheckDue(
  { primary }: Topology,
  { now, everyMs }: { now: number; everyMs: number },
): boolean {
  return now - (primary?.checkedAt ?? primary?.openedAt ?? now) >= everyMs;
}

/** Whether the primary is opened with an empty stage: as its first claim began, otherwise as the host's options say. */
export function opensUnattended({ options, primary }: Topology): boolean {
  return primary?.state === 'claimed' ? primary.unattended === true : !options.waitForPresenter;
}

/** When the event starts (milliseconds since the epoch); 0 where the host named no time. */
export const startsAt = ({ options }: Pick<Topology, 'options'>): number =>
  options.startsAt === undefined ? 0 : Date.parse(options.startsAt);
