import { operations } from '../lib/contract.ts';
import { removeAttendee } from '../lib/flows/people/remove-attendee.ts';
import { endpoint } from '../lib/http.ts';

/** DELETE /meetings/{externalMeetingId}/attendees/{externalUserId} */
export const handler = endpoint(operations.removeAttendee, removeAttendee);
