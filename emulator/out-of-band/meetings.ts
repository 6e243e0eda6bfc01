import type { Request } from '../messages.ts';
import { startPipeline, stopPipelines } from '../state/attendees/pipeline.ts';
import { endMeeting } from '../state/meetings/lifecycle.ts';
import type { Attendee, Meeting } from '../state/meetings/meeting.ts';
import type { ChimeState } from '../state/state.ts';
import { Declined } from './declined.ts';

/** GET /_emulator/meetings: every meeting ever created, oldest first. */
export const listMeetings = (state: ChimeState) => [...state.meetings.values()].map(meetingFacts);

/** GET /_emulator/meetings/{meetingId}/attendees: every attendee ever created, without join tokens. */
export function listAttendees(state: ChimeState, _request: Request, [meetingId = '']: string[]) {
  const meeting = state.meetings.get(meetingId);
  if (!meeting) throw new Declined(`There is no meeting ${meetingId}`);
  return [...meeting.attendees.values()].map(attendeeFacts);
}

/** POST /_emulator/meetings/{meetingId}/pipeline: a media pipeline joins, and keeps the meeting alive. */
export function addPipeline(state: ChimeState, _request: Request, [meetingId]: string[]) {
  return attendeeFacts(startPipeline(state, liveMeeting(state, meetingId)));
}

/** DELETE /_emulator/meetings/{meetingId}/pipeline: its media pipelines leave. */
export function removePipelines(state: ChimeState, _request: Request, [meetingId]: string[]) {
  const meeting = liveMeeting(state, meetingId);
  stopPipelines(state, meeting);
  return meetingFacts(meeting);
}

function liveMeeting(state: ChimeState, meetingId = ''): Meeting {
  const meeting = state.meetings.get(meetingId);
  if (!meeting || meeting.endedAt !== null) throw new Declined(`There is no live meeting ${meetingId}`);
  return meeting;
}

/** POST /_emulator/meetings/{meetingId}/end: ends it and its replicas, as its maximum age would. */
export function killMeeting(state: ChimeState, _request: Request, [meetingId]: string[]) {
  const meeting = liveMeeting(state, meetingId);
  endMeeting(state, meeting, state.clock.now());
  return meetingFacts(meeting);
}

function meetingFacts(meeting: Meeting) {
  const { meetingId, externalMeetingId, mediaRegion, primaryMeetingId } = meeting;
  const { attendeeCount, peakAttendees, capacity, createdAt, endedAt } = meeting;
  return {
    meetingId,
    externalMeetingId,
    mediaRegion,
    primaryMeetingId,
    status: endedAt === null ? 'live' : 'ended',
    attendees: attendeeCount,
    peakAttendees,
    capacity,
    createdAt,
    endedAt,
  };
}

function attendeeFacts({ attendeeId, externalUserId, capabilities, connected, deletedAt }: Attendee) {
  return { attendeeId, externalUserId, capabilities, connected, deletedAt };
}
