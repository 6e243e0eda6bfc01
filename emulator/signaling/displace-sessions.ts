import { dismiss } from './endings.ts';
import { audience, type Hub, refresh, send } from './hub.ts';
import { type Identity, isSame } from './identity.ts';
import { stopVideo } from './off-stage.ts';
import type { Session } from './session.ts';

/**
 * Lets a session take over an attendee from any earlier session. The control plane sees the attendee as connected all
 * the time.
 */
export function displaceSessions(hub: Hub, newcomer: Session, identity: Identity): void {
  for (const other of audience(hub, identity.meeting)) {
    if (other === newcomer) continue;
    if (isSame(other.root, identity)) dismiss(hub, other, 'elsewhere');
    else if (other.promoted && isSame(other.promoted, identity)) displace(hub, other);
  }
}

function displace(hub: Hub, other: Session): void {
  stopVideo(hub, other);
  other.promoted = null;
  send(hub, other, { type: 'PRIMARY_MEETING_LEAVE', primaryMeetingLeave: {} });
  refresh(hub, other.root.meeting);
}
