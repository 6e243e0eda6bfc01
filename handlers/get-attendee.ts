import * as routes from '../lib/contract/routes/meetings.ts';
import { getAttendee } from '../lib/flows/people/get-attendee.ts';
import { endpoint } from '../lib/http.ts';

/** GET /meetings/{externalMeetingId}/attendees/{externalUserId} */
export const handler = endpoint(routes.getAttendee, getAttendee);
