import type {
  Attendee,
  ChimeSDKMeetings,
  CreateMeetingRequest,
  Meeting,
} from '@aws-sdk/client-chime-sdk-meetings';

/** What CreateMeeting needs, and whatever else is asked. */
export function meetingInput(more: Partial<CreateMeetingRequest> = {}): CreateMeetingRequest {
  return {
    ClientRequestToken: crypto.randomUUID(),
    ExternalMeetingId: 'town-hall',
    MediaRegion: 'us-east-1',
    ...more,
  };
}

/** Open a meeting. */
export async function openMeeting(
  chime: ChimeSDKMeetings,
  more: Partial<CreateMeetingRequest> = {},
): Promise<Meeting & { MeetingId: string }> {
  const { Meeting } = await chime.createMeeting(meetingInput(more));
  return Meeting as Meeting & { MeetingId: string };
}

/** Create an attendee in a meeting. */
export async function admit(
  chime: ChimeSDKMeetings,
  { MeetingId }: { MeetingId: string },
  ExternalUserId = 'maria',
): Promise<Attendee & { AttendeeId: string }> {
  const { Attendee } = await chime.createAttendee({ MeetingId, ExternalUserId });
  return Attendee as Attendee & { AttendeeId: string };
}

/** This many items of a batch, each for another person. */
export const people = (many: number, prefix = 'viewer') =>
  Array.from({ length: many }, (_, index) => ({ ExternalUserId: `${prefix}-${index}` }));
