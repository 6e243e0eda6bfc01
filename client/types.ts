import type { Captions } from './captions-types.ts';

/** The media region of a meeting: the AWS Region that hosts its media. */
export type MediaRegion =
  | 'us-east-1'
  | 'us-east-2'
  | 'us-west-1'
  | 'us-west-2'
  | 'ca-central-1'
  | 'sa-east-1'
  | 'eu-west-1'
  | 'eu-west-2'
  | 'eu-west-3'
  | 'eu-central-1'
  | 'eu-north-1'
  | 'eu-south-1'
  | 'af-south-1'
  | 'ap-south-1'
  | 'ap-southeast-1'
  | 'ap-southeast-2'
  | 'ap-northeast-1'
  | 'ap-northeast-2'
  | 'il-central-1'
  | 'us-gov-east-1'
  | 'us-gov-west-1';

/** Hosts manage the meeting. Hosts and presenters join the primary, viewers join replicas. */
export type Role = 'host' | 'presenter' | 'viewer';

export type Capability = 'SendReceive' | 'Send' | 'Receive' | 'None';

/** What an attendee may send and receive. Receiving content needs receiving video. */
export interface Capabilities {
  Audio: Capability;
  Video: Capability;
  Content: Capability;
}

/**
 * Chime's Meeting, unchanged. Other members are passed through:
 * https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_meeting-chime_Meeting.html
 */
export interface ChimeMeeting {
  [member: string]: unknown;
  MeetingId: string;
  ExternalMeetingId?: string;
  MediaRegion?: string;
  MediaPlacement?: {
    [member: string]: unknown;
    AudioHostUrl?: string;
    AudioFallbackUrl?: string;
    SignalingUrl?: string;
    TurnControlUrl?: string;
  };
  /** Only in a replica. */
  PrimaryMeetingId?: string;
}

/** Chime's Attendee, unchanged. Only its holder may see the JoinToken. */
export interface ChimeAttendee {
  [member: string]: unknown;
  AttendeeId: string;
  ExternalUserId: string;
  JoinToken: string;
  Capabilities?: { [member: string]: unknown; Audio: string; Video: string; Content: string };
}

export interface JoinBody {
  /** The media region nearest to the caller, if the page measured it. */
  mediaRegion?: MediaRegion;
  capabilities?: Capabilities;
  /** A name for people to read. */
  displayName?: string;
  /** Whether the answer before said that seats are being opened. `join` sets it. */
  waited?: boolean;
}

export interface JoinOptions extends Omit<JoinBody, 'waited'> {
  /** Ends the waiting; the promise is rejected with the signal's reason. */
  signal?: AbortSignal;
  /** Called before each wait. */
  onWaiting?: (waiting: Waiting) => void;
}

/**
 * Why a join has no seat yet. `busy` is a 429 or a 503: a rate limit or an overload. `unreachable`: the service was not
 * reached or failed, or something in front of it answered.
 */
export interface Waiting {
  reason: 'not-started' | 'not-live' | 'no-presenter' | 'opening' | 'busy' | 'unreachable';
  /** The delay before the next attempt, in milliseconds. */
  retryAfterMs: number;
  /** With `not-started`: when the event starts (RFC 3339, UTC). */
  startsAt?: string;
  /** What keeps the meeting from being opened; only hosts and presenters get it. */
  detail?: string;
}

/** Where the caller was placed, and why. */
export interface Placement {
  kind: 'primary' | 'replica';
  /** The replica's number. */
  ordinal?: number;
  mediaRegion: MediaRegion;
  /** The round trip between the caller's media region and this one, from a table. */
  rttMs?: number;
  reason: 'stage' | 'own-region' | 'nearby' | 'nearest-with-room';
}

/** Ready for `new MeetingSessionConfiguration(joined.Meeting, joined.Attendee)`. */
export interface Joined {
  status: 'joined';
  role: Role;
  externalUserId: string;
  displayName?: string;
  Meeting: ChimeMeeting;
  Attendee: ChimeAttendee;
  placement: Placement;
  /** The caller is on stage by a promotion: `promotion` returns the credential. */
  promoted?: true;
  epoch: number;
  /** New for each join, also in the same seat. `leave` sends it. */
  sessionId: string;
  /** Settings for the Chime client. */
  clientHints: { [member: string]: unknown; attendeePresenceTimeoutMs: number };
  /** What `report` expects of this client: with which probability it reports, and how often at most. */
  clientEvents: { sample: number; everyMs: number };
  /** Absent where no host has asked for captions. */
  captions?: Captions;
}

/** A status code of the Chime client with which a session fails. */
export type FailureCode =
  | 'AudioAuthenticationRejected'
  | 'AudioCallAtCapacity'
  | 'AudioDisconnectAudio'
  | 'AudioDisconnected'
  | 'AudioInternalServerError'
  | 'AudioServiceUnavailable'
  | 'AudioVideoDisconnectedWhilePromoted'
  | 'ConnectionHealthReconnect'
  | 'EncodedTransformManagerFailed'
  | 'ICEGatheringTimeoutWorkaround'
  | 'IncompatibleSDP'
  | 'NoAttendeePresent'
  | 'RealtimeApiFailed'
  | 'SignalingBadRequest'
  | 'SignalingChannelClosedUnexpectedly'
  | 'SignalingInternalServerError'
  | 'SignalingRequestFailed'
  | 'StateMachineTransitionFailed'
  | 'TURNCredentialsForbidden'
  | 'TaskFailed'
  | 'VideoCallAtSourceCapacity';

/** What happened to the connection of a person. */
export interface ClientEvent {
  /** From the press of *Join* to the start of the session, at most 600,000. */
  timeToFirstAudioMs?: number;
  /** The same, to the first picture of another person. */
  timeToFirstVideoMs?: number;
  /** How often the Chime client restored a lost connection by itself. */
  reconnects?: number;
  /** How often a running session ended, and the page had to join again. */
  drops?: number;
  failure?: FailureCode;
}

/** How the people of one media region fare, as their clients reported in the last five minutes. */
export interface RegionFares {
  mediaRegion: MediaRegion;
  reports: number;
  timeToFirstAudioMs?: { p50: number; p95: number };
  timeToFirstVideoMs?: { p50: number; p95: number };
  reconnects: number;
  drops: number;
  failures: number;
}

/** The stage credential of a promoted viewer. */
export interface Promotion {
  Attendee: ChimeAttendee;
  primaryMeetingId: string;
}

/** Chime's MeetingFeatures. With FHD video or UHD content a Chime meeting holds at most 25 people. */
export interface MeetingFeatures {
  Audio?: { EchoReduction?: 'AVAILABLE' | 'UNAVAILABLE' };
  Video?: { MaxResolution?: 'None' | 'HD' | 'FHD' };
  Content?: { MaxResolution?: 'None' | 'FHD' | 'UHD' };
  Attendee?: { MaxCount?: number };
}

/** What a host may set. `create` replaces all of it: an omitted option gets its default. */
export interface MeetingOptions {
  /** The media region of the primary. */
  mediaRegion?: MediaRegion;
  /** Data residency: no media is hosted in any other media region. */
  allowedMediaRegions?: MediaRegion[];
  /** The largest number of replicas. Default: 4. */
  maxReplicas?: number | undefined;
  /** Whether viewers wait until a presenter is on stage. Default: true. */
  waitForPresenter?: boolean | undefined;
  /** What lets viewers in: a presenter on stage (the default), or a host who opens the curtain. */
  admission?: 'presenter' | 'manual';
  /** When the event starts (RFC 3339, with an offset or in UTC). Viewers wait until then. */
  startsAt?: string;
  /** Whether presenters and promoted viewers enter the stage muted, also when they return. */
  muteOnJoin?: boolean;
  /** The share of clients that report how they fare. Default: everyone on stage, and about a thousand viewers. */
  clientEventsSample?: number;
  meetingFeatures?: MeetingFeatures;
  /** Chime's TenantIds, one for each organisation. Default: the deployment's, as for the next two. */
  tenantIds?: string[];
  /** Chime's MediaPlacementNetworkType. */
  networkType?: 'Ipv4Only' | 'DualStack';
  /** Chime's MeetingHostId. */
  meetingHostId?: string;
  /** Tags of every Chime meeting that is opened under this name. */
  tags?: { Key: string; Value: string }[];
}

/** The Chime meeting of the stage. */
export interface Primary {
  meetingId: string;
  mediaRegion: MediaRegion;
  seatsTaken: number;
  capacity: number;
}

/** A Chime meeting that Chime feeds from the primary. */
export interface Replica {
  ordinal: number;
  /** Absent while it is being opened. */
  meetingId?: string;
  mediaRegion: MediaRegion;
  primaryMeetingId?: string;
  status: 'opening' | 'open' | 'full';
  seatsTaken: number;
  capacity: number;
}

/** Why Chime does not open meetings. */
export interface MeetingProblem {
  kind: 'primary' | 'account-limit' | 'replica-limit' | 'limit' | 'media-region';
  mediaRegion?: MediaRegion;
  detail: string;
  since: string;
  /** When the service tries again. */
  retryAt: string;
}

/** A drained media region, and how far its evacuation got. */
export interface Drain {
  mediaRegion: MediaRegion;
  since: string;
  /** Whether its viewers are moved. */
  evacuate: boolean;
  /** `suspended`: every allowed media region is drained, so no drain has an effect. */
  status: 'closed' | 'moving' | 'moving-with-fewer-seats' | 'moved' | 'suspended';
  /** The status in one sentence. */
  detail: string;
  replicas: number;
  viewers: number;
}

/** A person, as others see them. */
export interface Person {
  externalUserId: string;
  displayName?: string;
}

/** The curtain of a meeting. */
export interface Curtain {
  live: boolean;
  liveSince?: string;
}

/** The current Chime meetings behind a name. */
export interface Topology {
  externalMeetingId: string;
  /** Counts the generations of Chime meetings behind the name. */
  epoch: number;
  status: 'scheduled' | 'live' | 'ended';
  options: MeetingOptions & { maxReplicas: number; waitForPresenter: boolean };
  /** Since when the curtain is open. Absent while it is closed, or was never opened. */
  liveSince?: string;
  /** Absent while no Chime meeting is open. */
  primary?: Primary;
  replicas: Replica[];
  /** How many viewers hold a seat. */
  viewers: number;
  /** The people on stage, if they were requested. */
  stage?: Person[];
  /**
   * For hosts and presenters: the viewers of earlier lives of the name, by media region, each life halving those before.
   * Placement starts from it if the host gives no forecast.
   */
  lastAudience?: Partial<Record<MediaRegion, number>>;
  /** For hosts and presenters. */
  problems?: MeetingProblem[];
  /** For hosts and presenters, if it was requested. */
  clientEvents?: RegionFares[];
  /** For hosts and presenters. */
  drains?: Drain[];
  /** Absent where no host has asked for captions. */
  captions?: Captions;
}
