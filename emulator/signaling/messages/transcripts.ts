import type { Meeting } from '../../state/meetings/meeting.ts';
import { runningStatus } from '../../state/transcription/lifecycle.ts';
import type { TranscriptEvent } from '../../state/transcription/transcript-events.ts';
import { audience, type Hub, send } from '../hub.ts';
import { onStageAs, type Session, stageOf } from '../session.ts';

const TOPIC = 'aws:chime:transcription';

/**
 * Sends a transcript, or the state of a transcription, to the meeting and to the replicas of it. The client reads the speaker from
 * the transcript, so these messages have no sender.
 */
export function tellTranscript(hub: Hub, meeting: Meeting, event: TranscriptEvent): void {
  for (const session of audience(hub, meeting)) {
    if (session.phase !== 'subscribed' || !reaches(hub, session, { meeting, event })) continue;
    sendEvent(hub, session, event);
  }
}

/** Whether viewers of replicas are told the state of the primary's transcription is not documented. */
function reaches(
  { state }: Hub,
  session: Session,
  { meeting, event }: { meeting: Meeting; event: TranscriptEvent },
): boolean {
  if (session.root.meeting === meeting) return true;
  if (meeting.primaryMeetingId !== null) return false; // the transcription of a replica
  return 'transcript' in event || onStageAs(session) !== null || state.options.transcriptionStatusToReplicas;
}

/**
 * Tells a client that enters, or is promoted, that a transcription runs. Late viewers of a replica get no such status of the real
 * service, and get it when they are promoted: https://github.com/aws/amazon-chime-sdk-js/issues/2477
 */
export function tellRunningTranscription(hub: Hub, session: Session): void {
  const { state } = hub;
  const stage = state.meetings.get(stageOf(session.root.meeting));
  const status = stage && runningStatus(state, stage);
  const { transcriptionStatusAtEntry } = state.options;
  if (!status || transcriptionStatusAtEntry === 'none') return;
  if (transcriptionStatusAtEntry === 'all' || onStageAs(session)) sendEvent(hub, session, { status });
}

function sendEvent(hub: Hub, session: Session, event: TranscriptEvent): void {
  const ingestTimeNs = hub.state.clock.now() * 1e6;
  const message = { topic: TOPIC, transcript: event, lifetimeMs: 0, ingestTimeNs };
  const sender = { senderAttendeeId: '', senderExternalUserId: '' };
  send(hub, session, { type: 'DATA_MESSAGE', dataMessage: { messages: [{ ...message, ...sender }] } });
}
