import { type Hub, refresh, send } from './hub.ts';
import { leaveStage } from './off-stage.ts';
import { type Departure, disappear } from './presence.ts';
import type { Session } from './session.ts';

/** Why a client is sent away, as its audio status tells it, and how its socket is closed. */
export const DISMISSALS = {
  elsewhere: { status: 301, code: 4403, reason: 'Joined from another device' },
  refused: { status: 403, code: 4403, reason: 'The attendee is not known here' },
  full: { status: 409, code: 4403, reason: 'The meeting is at capacity' },
  ended: { status: 410, code: 4410, reason: 'The meeting has ended' },
  removed: { status: 411, code: 4403, reason: 'The attendee was removed' },
} as const;

export type Dismissal = keyof typeof DISMISSALS;

/** Send a client away, and say why. */
export function dismiss(hub: Hub, session: Session, why: Dismissal): void {
  const { status, code, reason } = DISMISSALS[why];
  if (session.phase === 'over') return;
  send(hub, session, { type: 'AUDIO_STATUS', audioStatus: { audioStatus: status } });
  if (why === 'elsewhere') handOver(hub, session);
  else end(hub, session, 'dropped');
  session.link.close(code, reason);
}

/** A session is over: its client left, was lost, or has been sent away. */
export function end(hub: Hub, session: Session, how: Departure): void {
  if (session.phase === 'over') return;
  const wasSubscribed = session.phase === 'subscribed';
  forget(hub, session);
  leaveStage(hub, session, how);
  if (wasSubscribed) disappear(hub.state, session.root, how);
  refresh(hub, session.root.meeting);
}

/** Another session goes on as the same attendee, so that for the control plane nobody went. */
function handOver(hub: Hub, session: Session): void {
  forget(hub, session);
  leaveStage(hub, session, 'left');
  refresh(hub, session.root.meeting);
}

/** First of all, as what follows is heard by others who look at the sessions. */
function forget(hub: Hub, session: Session): void {
  session.phase = 'over';
  hub.sessions.delete(session);
  session.peer?.close();
}
