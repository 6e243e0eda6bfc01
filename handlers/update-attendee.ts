import { moderationOperations } from '../lib/contract/operations-moderation.ts';
import { updateAttendee } from '../lib/flows/stage/update-attendee.ts';
import { endpoint } from '../lib/http.ts';

/** PATCH /meetings/{externalMeetingId}/attendees/{externalUserId} */
export const handler = endpoint(moderationOperations.updateAttendee, updateAttendee);
