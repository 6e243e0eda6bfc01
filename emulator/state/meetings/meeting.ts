import type { Capabilities } from '../../shapes/capabilities.ts';
import type { MeetingFeatures } from '../../shapes/features.ts';
import type { NotificationsConfiguration } from '../../shapes/primitives.ts';
import type { Scope } from '../scope.ts';
import type { MediaPlacement } from './media-placement.ts';

export interface Attendee {
  attendeeId: string;
  externalUserId: string;
  joinToken: string;
  capabilities: Capabilities;
  /** Position in the meeting's roll; the page token of ListAttendees. */
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
  /** As requested; absent when nothing was. */
  features: MeetingFeatures | undefined;
  /** Where its events are sent to, besides EventBridge. */
  notifications: NotificationsConfiguration | undefined;
  tenantIds: string[];
  tags: Map<string, string>;
  /** What makes it a replica. */
  primaryMeetingId: string | null;
  capacity: number;
  /** Every attendee ever made, by AttendeeId, oldest first. */
  attendees: Map<string, Attendee>;
  /** Made and not deleted. */
  attendeeCount: number;
  peakAttendees: number;
  connectedCount: number;
  started: boolean;
  /** When the last of those connected went; of meaning only while nobody is connected. */
  lastPresentAt: number | null;
  createdAt: number;
  endedAt: number | null;
}

/** The attendees that were not deleted, oldest first. */
export const presentRoll = (meeting: Meeting): Attendee[] =>
  [...meeting.attendees.values()].filter((attendee) => attendee.deletedAt === null);
