import * as routes from '../lib/contract/routes/meetings.ts';
import { listAttendees } from '../lib/flows/people/list-attendees.ts';
import { endpoint } from '../lib/http.ts';

/** GET /meetings/{externalMeetingId}/attendees */
export const handler = endpoint(routes.listAttendees, listAttendees);
