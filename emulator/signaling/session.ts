import type { MediaPeer } from '../media/peer.ts';
import type { Meeting } from '../state/meetings/meeting.ts';
import type { Frame, StreamDescriptor } from './frame.ts';
import type { Identity } from './identity.ts';

/** The socket of a client. */
export interface Link {
  send(frame: Frame): void;
  close(code: number, reason: string): void;
  /** Break it without a word. */
  drop(): void;
}

/** Somebody on stage, as a client was told of them. */
export interface Shown {
  audioStreamId: number;
  attendeeId: string;
  externalUserId: string;
  muted: boolean;
}

/** One client's connection, from its upgrade on. */
export interface Session {
  /** Whose token opened it. */
  root: Identity;
  /** Whom it was promoted to, in the primary. */
  promoted: Identity | null;
  phase: 'open' | 'joined' | 'subscribed' | 'over';
  muted: boolean;
  /** A new one each time that it goes on stage. */
  audioStreamId: number;
  /** What its camera or screen sends. */
  video: StreamDescriptor | null;
  /** Streams that the client wants no more of for now. */
  paused: Set<number>;
  /** What the client was told last of who is on stage, and of the videos there. */
  told: { roster: Shown[]; index: string };
  peer: MediaPeer | null;
  link: Link;
  /** Subscriptions are answered one after another. */
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

/** Who a session is on stage: itself in a primary; in a replica nobody, unless promoted. */
export const onStageAs = ({ root, promoted }: Session): Identity | null =>
  root.meeting.primaryMeetingId === null ? root : promoted;

/** Whether others see it. */
export const isPerforming = (session: Session) =>
  session.phase === 'subscribed' && onStageAs(session) !== null;

/** As whom it watches. */
export const watchesAs = (session: Session): Identity => onStageAs(session) ?? session.root;
