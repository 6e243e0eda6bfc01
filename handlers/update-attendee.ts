import * as routes from '../lib/contract/routes/moderation.ts';
import { updateAttendee } from '../lib/flows/stage/update-attendee.ts';
import { endpoint } from '../lib/http.ts';

/** PATCH /meetings/{externalMeetingId}/attendees/{externalUserId} */
export const handler = endpoint(routes.updateAttendee, updateAttendee);
