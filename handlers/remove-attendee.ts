import { moderationOperations } from '../lib/contract/operations-moderation.ts';
import { removeAttendee } from '../lib/flows/people/remove-attendee.ts';
import { endpoint } from '../lib/http.ts';

/** DELETE /meetings/{externalMeetingId}/attendees/{externalUserId} */
export const handler = endpoint(moderationOperations.removeAttendee, removeAttendee);
