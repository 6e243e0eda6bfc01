import { end } from './endings.ts';
import { type FrameFault, pass } from './faults.ts';
import { refreshPicture } from './floor.ts';
import type { Frame, FrameType } from './frame.ts';
import { audience, type Hub, refresh, send } from './hub.ts';
import { idOf } from './identity.ts';
import { promote, stepDown } from './promotion.ts';
import { onStageAs, type Session } from './session.ts';
import { subscribe } from './subscribe.ts';

type Receiver = (hub: Hub, session: Session, frame: Frame, fault?: FrameFault) => void;

/** Video streams that a client may receive at a time, as the service has it. */
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

/** Act on one frame of a client. What is only for the service's statistics is let go. */
export function receive(hub: Hub, session: Session, frame: Frame): void {
  pass(hub.faults, frame.type, (fault) => {
    if (session.phase !== 'over') attempt(hub, session, { frame, ...(fault && { fault }) });
  });
}

/** Whatever a client sends, at once or late, the others go on. */
function attempt(hub: Hub, session: Session, { frame, fault }: { frame: Frame; fault?: FrameFault }): void {
  try {
    RECEIVERS[frame.type]?.(hub, session, frame, fault);
  } catch (error) {
    hub.log(`signaling: ${frame.type} failed: ${error instanceof Error ? error.stack : error}`);
  }
}

/**
 * TURN credentials without servers: a client that gets the URI of a server connects through it only, and clients up
 * to 3.18 that get no credentials ask TurnControlUrl for them, which does not exist here.
 */
const NO_TURN_SERVERS = { username: '', password: '', ttl: 300, uris: [] };

/** Acknowledge a join and list the videos of the meeting. */
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

/** Messages of those on stage go to everybody else who watches it; those of viewers go nowhere. */
function relay(hub: Hub, session: Session, { dataMessage }: Frame): void {
  const sender = onStageAs(session);
  if (!sender) return;
  const signature = {
    senderAttendeeId: idOf(sender),
    senderExternalUserId: sender.attendee.externalUserId,
    ingestTimeNs: hub.state.clock.now() * 1e6,
  };
  const messages = (dataMessage?.messages ?? []).map((message) => ({ ...message, ...signature }));
  for (const other of audience(hub, session.root.meeting)) {
    if (other === session || other.phase !== 'subscribed') continue;
    send(hub, other, { type: 'DATA_MESSAGE', dataMessage: { messages } });
  }
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

/** Other streams in sections that are there already. Priorities and bit rates are of no use here. */
function switchVideos(hub: Hub, session: Session, { remoteVideoUpdate }: Frame): void {
  for (const mid of remoteVideoUpdate?.removedVideoSubscriptionMids ?? []) session.peer?.switchStream(mid, 0);
  for (const { mid, streamId } of remoteVideoUpdate?.addedOrUpdatedVideoSubscriptions ?? []) {
    if (!streamId) continue;
    session.peer?.switchStream(mid, streamId);
    refreshPicture(hub, streamId);
  }
}
