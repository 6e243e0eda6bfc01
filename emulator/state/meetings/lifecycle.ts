import { deliverDue } from '../delivery.ts';
import { emit } from '../events.ts';
import type { ChimeState } from '../state.ts';
import { nextOfTranscription, stopTranscription } from '../transcription/lifecycle.ts';
import { sendDueTranscripts } from '../transcription/tell-clients.ts';
import { forgetEnded } from './forget.ts';
import type { Meeting } from './meeting.ts';

/*
 * A meeting ends by DeleteMeeting, at its maximum age, or, unless it is a replica, after five contiguous minutes without a
 * connection, also straight after creation. A replica ends with its primary.
 * https://docs.aws.amazon.com/chime-sdk/latest/dg/create-mtgs.html and …/media-replication.html
 */

/**
 * Applies all that is due: ends meetings and changes transcriptions, each at its own instant and in that order, delivers late
 * events and transcripts, and forgets long-ended meetings.
 */
export function settle(state: ChimeState): void {
  const now = state.clock.now();
  for (let due = nextDue(state); due && due.at <= now; due = nextDue(state)) due.apply(due.at);
  deliverDue(state);
  sendDueTranscripts(state);
  forgetEnded(state);
}

/** Ends a meeting with its replicas, before any event is sent. */
export function endMeeting(state: ChimeState, meeting: Meeting, at: number): void {
  const replicas = replicasOf(state, meeting);
  if (state.options.stoppedEventAtEnd) stopTranscription(state, meeting, at);
  for (const each of [meeting, ...replicas]) end(state, each, at);
  for (const each of state.options.cascadeEndedEvents ? [meeting, ...replicas] : [meeting]) {
    emit(state, each, { eventType: 'MeetingEnded', at });
  }
}

/** The live replicas of a meeting. */
export function replicasOf(state: ChimeState, primary: Meeting): Meeting[] {
  return [...state.live].filter((meeting) => meeting.primaryMeetingId === primary.meetingId);
}

function end(state: ChimeState, meeting: Meeting, at: number): void {
  if (meeting.connectedCount > 0) meeting.lastPresentAt = at;
  meeting.endedAt = at;
  meeting.connectedCount = 0;
  for (const attendee of meeting.attendees.values()) attendee.connected = false;
  state.live.delete(meeting);
  state.ended.add(meeting);
}

interface Due {
  at: number;
  apply: (at: number) => void;
}

/** What happens next by itself; of two things at the same instant, the end of a meeting. */
function nextDue(state: ChimeState): Due | undefined {
  let next: Due | undefined;
  for (const meeting of state.live) {
    const end = { at: endOf(state, meeting), apply: (at: number) => endMeeting(state, meeting, at) };
    const change = nextOfTranscription(state, meeting);
    for (const due of change ? [end, change] : [end]) if (!next || due.at < next.at) next = due;
  }
  return next;
}

function endOf(state: ChimeState, meeting: Meeting): number {
  const oldest = meeting.createdAt + state.options.maxMeetingAgeMs;
  if (meeting.primaryMeetingId !== null) return oldest;
  const watched = [meeting, ...watchers(state, meeting)];
  if (watched.some(({ connectedCount }) => connectedCount > 0)) return oldest;
  const idleSince = Math.max(meeting.createdAt, ...watched.map(({ lastPresentAt }) => lastPresentAt ?? 0));
  return Math.min(oldest, idleSince + state.options.idleEndMs);
}

/** The replicas whose viewers keep the primary alive, including ended ones. */
function watchers(state: ChimeState, primary: Meeting): Meeting[] {
  if (!state.options.replicaViewersKeepPrimaryAlive) return [];
  return [...state.meetings.values()].filter((meeting) => meeting.primaryMeetingId === primary.meetingId);
}
