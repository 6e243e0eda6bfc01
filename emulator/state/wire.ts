import type { Capabilities } from '../shapes/capabilities.ts';
import type { MeetingFeatures } from '../shapes/features.ts';
import type { MediaPlacement } from './meetings/media-placement.ts';
import type { Attendee, Meeting } from './meetings/meeting.ts';

/** A meeting in a response: without state, counts, replicas and tags. */
export interface MeetingOnWire {
  MeetingId: string;
  MeetingHostId?: string;
  ExternalMeetingId: string;
  MediaRegion: string;
  MediaPlacement: MediaPlacement;
  MeetingFeatures?: MeetingFeatures;
  PrimaryMeetingId?: string;
  TenantIds: string[];
  MeetingArn: string;
}

export interface AttendeeOnWire {
  ExternalUserId: string;
  AttendeeId: string;
  JoinToken: string;
  Capabilities: Capabilities;
}

/** An item of a batch that was not created. */
export interface CreateError {
  ExternalUserId: string;
  ErrorCode: string;
  ErrorMessage: string;
}

/** A meeting with its members in the order of captures; members that were not requested are absent. */
export function meetingOnWire(meeting: Meeting): MeetingOnWire {
  const { meetingHostId, features, primaryMeetingId } = meeting;
  return {
    MeetingId: meeting.meetingId,
    ...(meetingHostId === undefined ? {} : { MeetingHostId: meetingHostId }),
    ExternalMeetingId: meeting.externalMeetingId,
    MediaRegion: meeting.mediaRegion,
    MediaPlacement: meeting.mediaPlacement,
    ...(features === undefined ? {} : { MeetingFeatures: features }),
    ...(primaryMeetingId === null ? {} : { PrimaryMeetingId: primaryMeetingId }),
    TenantIds: meeting.tenantIds,
    MeetingArn: meeting.arn,
  };
}

/** An attendee with its join token: Create, Get, List and Update return the same shape. */
export function attendeeOnWire(attendee: Attendee): AttendeeOnWire {
  return {
    ExternalUserId: attendee.externalUserId,
    AttendeeId: attendee.attendeeId,
    JoinToken: attendee.joinToken,
    Capabilities: { ...attendee.capabilities },
  };
}
