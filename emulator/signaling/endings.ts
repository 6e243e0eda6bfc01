import { type Hub, refresh, send } from './hub.ts';
import { leaveStage } from './off-stage.ts';
import { type Departure, disappear } from './presence.ts';
import type { Session } from './session.ts';

/** The reasons for which a client is disconnected: its audio status, and the close code of its socket. */
export const DISMISSALS = {
  elsewhere: { status: 301, code: 4403, reason: 'Joined from another device' },
  refused: { status: 403, code: 4403, reason: 'The attendee is not known here' },
  full: { status: 409, code: 4403, reason: 'The meeting is at capacity' },
  ended: { status: 410, code: 4410, reason: 'The meeting has ended' },
  removed: { status: 411, code: 4403, reason: 'The attendee was removed' },
} as const;

export type Dismissal = keyof typeof DISMISSALS;

/** Disconnects a client, with a reason. */
export function dismiss(hub: Hub, session: Session, why: Dismissal): void {
  const { status, code, reason } = DISMISSALS[why];
  if (session.phase === 'over') return;
  send(hub, session, { type: 'AUDIO_STATUS', audioStatus: { audioStatus: status } });
  if (why === 'elsewhere') handOver(hub, session);
  else end(hub, session, 'dropped');
  session.link.close(code, reason);
}

/** Ends a session whose client left, was lost, or was disconnected. */
export function end(hub: Hub, session: Session, how: Departure): void {
  if (session.phase === 'over') return;
  const wasSubscribed = session.phase === 'subscribed';
  forget(hub, session);
  leaveStage(hub, session, how);
  if (wasSubscribed) disappear(hub.state, session.root, how);
  refresh(hub, session.root.meeting);
}

/** Another session continues as the same attendee, so the control plane sees no departure. */
function handOver(hub: Hub, session: Session): void {
  forget(hub, session);
  leaveStage(hub, session, 'left');
  refresh(hub, session.root.meeting);
}

/** Removes the session first, because listeners to what follows read the list of sessions. */
function forget(hub: Hub, session: Session): void {
  session.phase = 'over';
  hub.sessions.delete(session);
  session.peer?.close();
}
