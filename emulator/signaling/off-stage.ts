import { type Hub, refresh, refuseVideo } from './hub.ts';
import type { Identity } from './identity.ts';
import { type Departure, disappear, tellVideo } from './presence.ts';
import { onStageAs, type Session } from './session.ts';

/**
 * Takes a session off the stage: stops its camera and ends its promotion. A `dropped` session is recorded before its
 * video stops, because the end of the video already notifies the other clients, and they are told then whether the
 * person left or was dropped.
 */
export function leaveStage(hub: Hub, session: Session, how: Departure): void {
  if (how === 'dropped') hub.droppedStreams.add(session.audioStreamId);
  stopVideo(hub, session);
  const { promoted } = session;
  session.promoted = null;
  if (!promoted) return;
  for (const content of shares(hub, session.root)) leaveStage(hub, content, how);
  disappear(hub.state, promoted, how);
}

/** The screen shares of a person. */
export const shares = (hub: Hub, { attendee, isContent }: Identity): Session[] =>
  isContent ? [] : [...hub.sessions].filter(({ root }) => root.isContent && root.attendee === attendee);

/** Stops a video. The state changes before the clients are notified, because their notification may read it. */
export function stopVideo({ state }: Hub, session: Session): void {
  const identity = onStageAs(session);
  const wasOn = session.video !== null;
  session.video = null;
  if (wasOn && identity) tellVideo(state, identity, 'Stopped');
}

/** Takes a session off the stage permanently, for the control plane or for the client itself. */
export function demote(hub: Hub, session: Session): void {
  const wasSeen = session.video !== null;
  leaveStage(hub, session, 'left');
  if (wasSeen) refuseVideo(hub, session);
  refresh(hub, session.root.meeting);
}
