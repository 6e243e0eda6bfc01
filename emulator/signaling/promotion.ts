import { displaceSessions } from './displace-sessions.ts';
import type { FrameFault } from './faults.ts';
import type { Frame } from './frame.ts';
import { audience, type Hub, refresh, send } from './hub.ts';
import { type Identity, identify, isSame } from './identity.ts';
import { tellRunningTranscription } from './messages/transcripts.ts';
import { demote, leaveStage, shares } from './off-stage.ts';
import { appear } from './presence.ts';
import type { Session } from './session.ts';

const REJECTED = 403;
const AT_CAPACITY = 409;

/** Promotes a viewer with the credentials of an attendee of the primary. Always acknowledged. */
export function promote(
  hub: Hub,
  session: Session,
  { frame, fault }: { frame: Frame; fault?: FrameFault },
): void {
  const status = fault?.fault === 'refuse' ? fault.status : goOnStage(hub, session, frame);
  const error = status === undefined ? {} : { error: { status, description: 'Refused' } };
  send(hub, session, { type: 'PRIMARY_MEETING_JOIN_ACK', primaryMeetingJoinAck: {}, ...error });
  refresh(hub, session.root.meeting);
  if (status === undefined) tellRunningTranscription(hub, session);
}

/** Returns the status of a refusal, if it is refused. */
function goOnStage(hub: Hub, session: Session, { primaryMeetingJoin }: Frame): number | undefined {
  const { attendeeId, joinToken = '' } = primaryMeetingJoin?.credentials ?? {};
  const { primaryMeetingId } = session.root.meeting;
  if (primaryMeetingId === null || session.phase !== 'subscribed') return REJECTED;
  const identity = identify(hub.state, primaryMeetingId, joinToken);
  if (typeof identity === 'string' || identity.attendee.attendeeId !== attendeeId) return REJECTED;
  if (session.promoted && isSame(session.promoted, identity)) return undefined;
  return takePlace(hub, session, identity);
}

function takePlace(hub: Hub, session: Session, identity: Identity): number | undefined {
  leaveStage(hub, session, 'left');
  const presence = appear(hub.state, identity);
  if (presence === 'full') return AT_CAPACITY;
  if (presence !== 'done' && presence !== 'handed-over') return REJECTED;
  displaceSessions(hub, session, identity);
  session.promoted = identity;
  session.audioStreamId = hub.nextStreamId();
  for (const content of shares(hub, session.root)) follow(hub, content);
  return undefined;
}

/** In a replica, a screen share is on stage while its owner is. */
export function follow(hub: Hub, content: Session): void {
  const { root } = content;
  const isOwner = (other: Session) => !other.root.isContent && other.root.attendee === root.attendee;
  const owner = audience(hub, root.meeting).find(isOwner);
  if (!root.isContent || !owner?.promoted) return;
  content.promoted = { ...owner.promoted, isContent: true };
  content.audioStreamId = hub.nextStreamId();
  appear(hub.state, content.promoted);
}

/** The client leaves the stage itself; this is not acknowledged. */
export function stepDown(hub: Hub, session: Session): void {
  if (session.promoted) demote(hub, session);
}
