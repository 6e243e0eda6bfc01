import type { MediaPeer } from '../media/peer.ts';
import type { Meeting } from '../state/meetings/meeting.ts';
import type { Frame, StreamDescriptor } from './frame.ts';
import type { Identity } from './identity.ts';

/** A client's socket. */
export interface Link {
  send(frame: Frame): void;
  close(code: number, reason: string): void;
  /** Breaks the connection without a close frame. */
  drop(): void;
}

/** A person on stage, as last sent to a client. */
export interface Shown {
  audioStreamId: number;
  attendeeId: string;
  externalUserId: string;
  muted: boolean;
}

/** One client's connection, from its upgrade on. */
export interface Session {
  /** The identity of the token that opened the session. */
  root: Identity;
  /** The identity in the primary that the session was promoted to. */
  promoted: Identity | null;
  phase: 'open' | 'joined' | 'subscribed' | 'over';
  muted: boolean;
  /** A new number each time that the session goes on stage. */
  audioStreamId: number;
  /** The video of its camera or screen. */
  video: StreamDescriptor | null;
  /** Streams that the client has paused. */
  paused: Set<number>;
  /** What the client was last told of the people on stage and their videos. */
  told: { roster: Shown[]; index: string };
  peer: MediaPeer | null;
  link: Link;
  /** Serializes subscriptions. */
  turn: Promise<void>;
}

export const openSession = (root: Identity, link: Link): Session => ({
  root,
  promoted: null,
  phase: 'open',
  muted: false,
  audioStreamId: 0,
  video: null,
  paused: new Set(),
  told: { roster: [], index: '' },
  peer: null,
  link,
  turn: Promise.resolve(),
});

/** The MeetingId of the primary whose stage a meeting shows. */
export const stageOf = ({ meetingId, primaryMeetingId }: Meeting) => primaryMeetingId ?? meetingId;

/** The session's identity on stage: its own in a primary; in a replica none, unless promoted. */
export const onStageAs = ({ root, promoted }: Session): Identity | null =>
  root.meeting.primaryMeetingId === null ? root : promoted;

/** Whether other sessions see it. */
export const isPerforming = (session: Session) =>
  session.phase === 'subscribed' && onStageAs(session) !== null;

/** The identity as which it watches. */
export const watchesAs = (session: Session): Identity => onStageAs(session) ?? session.root;
