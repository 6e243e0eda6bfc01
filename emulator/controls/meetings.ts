import { Declined } from '../declined.ts';
import type { Capabilities } from '../shapes/capabilities.ts';
import { startPipeline, stopPipelines } from '../state/attendees/pipeline.ts';
import { endMeeting } from '../state/meetings/lifecycle.ts';
import type { Attendee, Meeting } from '../state/meetings/meeting.ts';
import type { ChimeState } from '../state/state.ts';
import type { Transcription } from '../state/transcription/transcription.ts';

/** What the emulator tells of a meeting. Instants are milliseconds since the epoch. */
export interface MeetingFacts {
  meetingId: string;
  externalMeetingId: string;
  mediaRegion: string;
  /** Of a replica; null otherwise. */
  primaryMeetingId: string | null;
  status: 'live' | 'ended';
  /** Attendees that were not deleted. */
  attendees: number;
  peakAttendees: number;
  capacity: number;
  createdAt: number;
  endedAt: number | null;
  /** `configuration`: of the last start; null while it is off. */
  transcription: Pick<Transcription, 'state' | 'configuration'>;
}

/** What the emulator tells of an attendee. The join token is not among it. */
export interface AttendeeFacts {
  attendeeId: string;
  externalUserId: string;
  capabilities: Capabilities;
  connected: boolean;
  deletedAt: number | null;
}

/** Every meeting ever created and not forgotten, oldest first. */
export const listMeetings = (state: ChimeState): MeetingFacts[] =>
  [...state.meetings.values()].map(meetingFacts);

/** Every attendee of a meeting ever created, oldest first. */
export function listAttendees(state: ChimeState, meetingId: string): AttendeeFacts[] {
  const meeting = state.meetings.get(meetingId);
  if (!meeting) throw new Declined(`There is no meeting ${meetingId}`);
  return [...meeting.attendees.values()].map(attendeeFacts);
}

/** A media pipeline joins a meeting, and keeps it alive. */
export function addPipeline(state: ChimeState, meetingId: string): AttendeeFacts {
  return attendeeFacts(startPipeline(state, liveMeeting(state, meetingId)));
}

/** The media pipelines of a meeting leave. */
export function removePipelines(state: ChimeState, meetingId: string): MeetingFacts {
  const meeting = liveMeeting(state, meetingId);
  stopPipelines(state, meeting);
  return meetingFacts(meeting);
}

/** Ends a meeting and its replicas, as its maximum age would. */
export function killMeeting(state: ChimeState, meetingId: string): MeetingFacts {
  const meeting = liveMeeting(state, meetingId);
  endMeeting(state, meeting, state.clock.now());
  return meetingFacts(meeting);
}

function liveMeeting(state: ChimeState, meetingId: string): Meeting {
  const meeting = state.meetings.get(meetingId);
  if (!meeting || meeting.endedAt !== null) throw new Declined(`There is no live meeting ${meetingId}`);
  return meeting;
}

function meetingFacts(meeting: Meeting): MeetingFacts {
  const { meetingId, externalMeetingId, mediaRegion, primaryMeetingId } = meeting;
  const { attendeeCount, peakAttendees, capacity, createdAt, endedAt } = meeting;
  const { state, configuration } = meeting.transcription;
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
    transcription: { state, configuration },
  };
}

function attendeeFacts({ attendeeId, externalUserId, capabilities, connected, deletedAt }: Attendee) {
  return { attendeeId, externalUserId, capabilities, connected, deletedAt };
}
