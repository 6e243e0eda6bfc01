import type { Operation } from './call/call.ts';
import { batchCreateAttendee } from './operations/batch-create-attendee.ts';
import { batchUpdateAttendeeCapabilitiesExcept } from './operations/batch-update-attendee-capabilities-except.ts';
import { createAttendee } from './operations/create-attendee.ts';
import { createMeeting } from './operations/create-meeting.ts';
import { createMeetingWithAttendees } from './operations/create-meeting-with-attendees.ts';
import { deleteAttendee } from './operations/delete-attendee.ts';
import { deleteMeeting } from './operations/delete-meeting.ts';
import { getAttendee } from './operations/get-attendee.ts';
import { getMeeting } from './operations/get-meeting.ts';
import { listAttendees } from './operations/list-attendees.ts';
import { listTagsForResource } from './operations/list-tags-for-resource.ts';
import { startMeetingTranscription } from './operations/start-meeting-transcription.ts';
import { stopMeetingTranscription } from './operations/stop-meeting-transcription.ts';
import { tagResource } from './operations/tag-resource.ts';
import { untagResource } from './operations/untag-resource.ts';
import { updateAttendeeCapabilities } from './operations/update-attendee-capabilities.ts';

/** The dispatch table. A path without labels takes precedence over one with labels. */
export const OPERATIONS: Operation[] = [
  createMeeting,
  createMeetingWithAttendees,
  getMeeting,
  deleteMeeting,
  createAttendee,
  batchCreateAttendee,
  getAttendee,
  listAttendees,
  deleteAttendee,
  batchUpdateAttendeeCapabilitiesExcept,
  updateAttendeeCapabilities,
  startMeetingTranscription,
  stopMeetingTranscription,
  tagResource,
  untagResource,
  listTagsForResource,
];
