import type { Capabilities } from '../../shapes/capabilities.ts';
import type { MeetingFeatures } from '../../shapes/features.ts';
import type { NotificationsConfiguration } from '../../shapes/primitives.ts';
import type { Scope } from '../scope.ts';
import type { Transcription, Utterance } from '../transcription/transcription.ts';
import type { MediaPlacement } from './media-placement.ts';

export interface Attendee {
  attendeeId: string;
  externalUserId: string;
  joinToken: string;
  capabilities: Capabilities;
  /** The position among the meeting's attendees; the page token of ListAttendees. */
  sequence: number;
  connected: boolean;
  deletedAt: number | null;
}

export interface Meeting {
  meetingId: string;
  scope: Scope;
  arn: string;
  externalMeetingId: string;
  meetingHostId: string | undefined;
  mediaRegion: string;
  mediaPlacement: MediaPlacement;
  /** As requested; absent if the request had none. */
  features: MeetingFeatures | undefined;
  /** The target of its events besides EventBridge. */
  notifications: NotificationsConfiguration | undefined;
  tenantIds: string[];
  tags: Map<string, string>;
  /** Present on a replica. */
  primaryMeetingId: string | null;
  capacity: number;
  /** Every attendee ever created, by AttendeeId, oldest first. */
  attendees: Map<string, Attendee>;
  /** Attendees that were not deleted. */
  attendeeCount: number;
  peakAttendees: number;
  connectedCount: number;
  transcription: Transcription;
  /** What Transcribe has not settled yet, by AttendeeId. */
  utterances: Map<string, Utterance>;
  started: boolean;
  /** The instant at which the last connection ended; valid only while no attendee is connected. */
  lastPresentAt: number | null;
  createdAt: number;
  endedAt: number | null;
}

/** The attendees that were not deleted, oldest first. */
export const presentAttendees = (meeting: Meeting): Attendee[] =>
  [...meeting.attendees.values()].filter((attendee) => attendee.deletedAt === null);
