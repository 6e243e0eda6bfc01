import { meetingOperations } from '../lib/contract/operations-meetings.ts';
import { getAttendee } from '../lib/flows/people/get-attendee.ts';
import { endpoint } from '../lib/http.ts';

/** GET /meetings/{externalMeetingId}/attendees/{externalUserId} */
export const handler = endpoint(meetingOperations.getAttendee, getAttendee);
