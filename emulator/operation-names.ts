/** The operations of the Amazon Chime SDK Meetings API, 2021-07-15. */
export const OPERATION_NAMES = [
  'BatchCreateAttendee',
  'BatchUpdateAttendeeCapabilitiesExcept',
  'CreateAttendee',
  'CreateMeeting',
  'CreateMeetingWithAttendees',
  'DeleteAttendee',
  'DeleteMeeting',
  'GetAttendee',
  'GetMeeting',
  'ListAttendees',
  'ListTagsForResource',
  'StartMeetingTranscription',
  'StopMeetingTranscription',
  'TagResource',
  'UntagResource',
  'UpdateAttendeeCapabilities',
] as const;

export type OperationName = (typeof OPERATION_NAMES)[number];
