import * as routes from '../lib/contract/routes/moderation.ts';
import { removeAttendee } from '../lib/flows/people/remove-attendee.ts';
import { endpoint } from '../lib/http.ts';

/** DELETE /meetings/{externalMeetingId}/attendees/{externalUserId} */
export const handler = endpoint(routes.removeAttendee, removeAttendee);
