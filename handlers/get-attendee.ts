import { operations } from '../lib/contract.ts';
import { getAttendee } from '../lib/flows/people/get-attendee.ts';
import { endpoint } from '../lib/http.ts';

/** GET /meetings/{externalMeetingId}/attendees/{externalUserId} */
export const handler = endpoint(operations.getAttendee, getAttendee);
