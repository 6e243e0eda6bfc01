import { end } from './endings.ts';
import { type FrameFault, pass } from './faults.ts';
import { refreshPicture } from './floor.ts';
import type { Frame, FrameType } from './frame.ts';
import { type Hub, refresh, send } from './hub.ts';
import { relay } from './messages/relay.ts';
import { promote, stepDown } from './promotion.ts';
import type { Session } from './session.ts';
import { subscribe } from './subscribe.ts';

type Receiver = (hub: Hub, session: Session, frame: Frame, fault?: FrameFault) => void;

/** The service's limit of video streams that a client receives at a time. */
const VIDEO_SUBSCRIPTION_LIMIT = 25;

const RECEIVERS: Partial<Record<FrameType, Receiver>> = {
  JOIN: join,
  SUBSCRIBE: subscribe,
  LEAVE: leave,
  PING_PONG: pong,
  AUDIO_CONTROL: mute,
  DATA_MESSAGE: relay,
  PAUSE: pause,
  RESUME: resume,
  REMOTE_VIDEO_UPDATE: switchVideos,
  PRIMARY_MEETING_JOIN: (hub, session, frame, fault) =>
    promote(hub, session, { frame, ...(fault && { fault }) }),
  PRIMARY_MEETING_LEAVE: stepDown,
};

/** Handles one frame of a client. Frames for the service's statistics are ignored. */
export function receive(hub: Hub, session: Session, frame: Frame): void {
  pass(hub.faults, frame.type, (fault) => {
    if (session.phase !== 'over') attempt(hub, session, { frame, ...(fault && { fault }) });
  });
}

/** Handles a frame, at once or late, so that an error of one client does not affect the others. */
function attempt(hub: Hub, session: Session, { frame, fault }: { frame: Frame; fault?: FrameFault }): void {
  try {
    RECEIVERS[frame.type]?.(hub, session, frame, fault);
  } catch (error) {
    hub.log(`signaling: ${frame.type} failed: ${error instanceof Error ? error.stack : error}`);
  }
}

/**
 * TURN credentials without servers. A client that gets a server's URI connects only through it. Clients up to 3.18 without
 * credentials ask TurnControlUrl for them, which does not exist here.
 */
const NO_TURN_SERVERS = { username: '', password: '', ttl: 300, uris: [] };

/** Acknowledges a join and lists the videos of the meeting. */
function join(hub: Hub, session: Session): void {
  const joinack = {
    videoSubscriptionLimit: VIDEO_SUBSCRIPTION_LIMIT,
    wantsCompressedSdp: false,
    turnCredentials: NO_TURN_SERVERS,
  };
  send(hub, session, { type: 'JOIN_ACK', joinack });
  session.phase = 'joined';
  refresh(hub, session.root.meeting);
}

function leave(hub: Hub, session: Session): void {
  end(hub, session, 'left');
  send(hub, session, { type: 'LEAVE_ACK', leaveAck: {} });
}

function pong(hub: Hub, session: Session, { pingPong }: Frame): void {
  if (pingPong?.type !== 'PING') return;
  send(hub, session, { type: 'PING_PONG', pingPong: { type: 'PONG', pingId: pingPong.pingId } });
}

function mute(hub: Hub, session: Session, { audioControl }: Frame): void {
  session.muted = audioControl?.muted ?? false;
  refresh(hub, session.root.meeting);
}

function pause(_hub: Hub, session: Session, frame: Frame): void {
  for (const streamId of frame.pause?.streamIds ?? []) session.paused.add(streamId);
}

function resume(hub: Hub, session: Session, frame: Frame): void {
  for (const streamId of frame.pause?.streamIds ?? []) {
    session.paused.delete(streamId);
    refreshPicture(hub, streamId);
  }
}

/** Switches streams in existing sections. Priorities and bit rates are ignored. */
function switchVideos(hub: Hub, session: Session, { remoteVideoUpdate }: Frame): void {
  for (const mid of remoteVideoUpdate?.removedVideoSubscriptionMids ?? []) session.peer?.switchStream(mid, 0);
  for (const { mid, streamId } of remoteVideoUpdate?.addedOrUpdatedVideoSubscriptions ?? []) {
    if (!streamId) continue;
    session.peer?.switchStream(mid, streamId);
    refreshPicture(hub, streamId);
  }
}
