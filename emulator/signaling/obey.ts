import type { Meeting } from '../state/meetings/meeting.ts';
import type { ChimeState } from '../state/state.ts';
import { dismiss } from './endings.ts';
import { type Hub, refresh, refuseVideo, send } from './hub.ts';
import { demote, stopVideo } from './off-stage.ts';
import { type Session, stageOf } from './session.ts';
import { maySend } from './stage.ts';

/** Whether a session may stay, according to the control plane: its meeting or its attendee may be gone. */
export function verdictOn(
  state: ChimeState,
  { root, promoted }: Pick<Session, 'root' | 'promoted'>,
): 'ended' | 'removed' | 'demoted' | 'stays' {
  const isKnown = state.meetings.get(root.meeting.meetingId) === root.meeting;
  if (root.meeting.endedAt !== null || !isKnown) return 'ended';
  if (root.attendee.deletedAt !== null) return 'removed';
  return promoted && promoted.attendee.deletedAt !== null ? 'demoted' : 'stays';
}

/** Applies a change of the control plane to the sessions. */
export function obey(hub: Hub): void {
  for (const session of [...hub.sessions]) {
    const verdict = verdictOn(hub.state, session);
    if (verdict === 'ended' || verdict === 'removed') dismiss(hub, session, verdict);
    if (verdict === 'demoted') {
      send(hub, session, { type: 'PRIMARY_MEETING_LEAVE', primaryMeetingLeave: {} });
      demote(hub, session);
    }
    if (session.video && !maySend(session)) {
      stopVideo(hub, session);
      refuseVideo(hub, session);
    }
  }
  for (const meeting of stagesIn(hub)) refresh(hub, meeting);
}

/** One meeting for each stage that has a session. */
function stagesIn({ sessions }: Hub): Iterable<Meeting> {
  return new Map([...sessions].map(({ root }) => [stageOf(root.meeting), root.meeting])).values();
}
