import type { TranscriptEvent } from '../state/transcription/transcript-events.ts';

/** A frame of Chime's signaling as plain data, with the protocol's names in the client package. */
export interface Frame {
  type: FrameType;
  error?: { status: number; description?: string };
  joinack?: JoinAck;
  index?: Index;
  sub?: Subscribe;
  suback?: SubscribeAck;
  leave?: object;
  leaveAck?: object;
  pause?: { streamIds?: number[] };
  audioControl?: { muted?: boolean };
  audioMetadata?: { attendeeStates: AttendeeState[] };
  audioStreamIdInfo?: { streams: StreamInfo[] };
  audioStatus?: { audioStatus: number };
  pingPong?: { type: 'PING' | 'PONG'; pingId: number };
  dataMessage?: { messages: DataMessage[] };
  remoteVideoUpdate?: {
    addedOrUpdatedVideoSubscriptions: { mid: string; streamId?: number }[];
    removedVideoSubscriptionMids: string[];
  };
  primaryMeetingJoin?: { credentials?: { attendeeId?: string; joinToken?: string } };
  primaryMeetingJoinAck?: object;
  primaryMeetingLeave?: object;
}

export const FRAME_TYPES = [
  'JOIN',
  'JOIN_ACK',
  'INDEX',
  'SUBSCRIBE',
  'SUBSCRIBE_ACK',
  'LEAVE',
  'LEAVE_ACK',
  'PAUSE',
  'RESUME',
  'AUDIO_CONTROL',
  'AUDIO_METADATA',
  'AUDIO_STREAM_ID_INFO',
  'AUDIO_STATUS',
  'PING_PONG',
  'CLIENT_METRIC',
  'DATA_MESSAGE',
  'REMOTE_VIDEO_UPDATE',
  'PRIMARY_MEETING_JOIN',
  'PRIMARY_MEETING_JOIN_ACK',
  'PRIMARY_MEETING_LEAVE',
  'MEETING_SESSION_TIMING',
] as const;

export type FrameType = (typeof FRAME_TYPES)[number];

export interface JoinAck {
  videoSubscriptionLimit: number;
  wantsCompressedSdp: boolean;
  turnCredentials: { username: string; password: string; ttl: number; uris: string[] };
}

/** The video streams that a client may subscribe to. */
export interface Index {
  /** The client may not send video. */
  atCapacity: boolean;
  sources: StreamDescriptor[];
  numParticipants: number;
}

export interface StreamDescriptor {
  streamId: number;
  groupId: number;
  attendeeId: string;
  externalUserId: string;
  mediaType: 'AUDIO' | 'VIDEO';
  framerate: number;
  maxBitrateKbps: number;
  avgBitrateBps: number;
}

export interface Subscribe {
  duplex?: 'RX' | 'TX' | 'DUPLEX';
  sendStreams: Partial<StreamDescriptor>[];
  receiveStreamIds: number[];
  sdpOffer?: string;
  audioMuted?: boolean;
}

export interface SubscribeAck {
  duplex: 'RX' | 'TX' | 'DUPLEX';
  allocations: { trackLabel: string; streamId: number; groupId: number }[];
  sdpAnswer: string;
  tracks: { streamId: number; ssrc: number; trackLabel: string }[];
}

/** With an attendee: present. With only `muted`: the mute state changed. With neither: gone. */
export interface StreamInfo {
  audioStreamId: number;
  attendeeId?: string;
  externalUserId?: string;
  muted?: boolean;
  dropped?: boolean;
}

export interface AttendeeState {
  audioStreamId: number;
  /** Quietness: 0 is the loudest. */
  volume: number;
  /** 0 to 2. */
  signalStrength: number;
}

export interface DataMessage {
  topic?: string;
  data?: Uint8Array;
  /** Encoded as `data`; for sending only. */
  transcript?: TranscriptEvent;
  lifetimeMs?: number;
  senderAttendeeId?: string;
  senderExternalUserId?: string;
  ingestTimeNs?: number;
}
