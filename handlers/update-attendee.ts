import { operations } from '../lib/contract.ts';
import { updateAttendee } from '../lib/flows/stage/update-attendee.ts';
import { endpoint } from '../lib/http.ts';

/** PATCH /meetings/{externalMeetingId}/attendees/{externalUserId} */
export const handler = endpoint(operations.updateAttendee, updateAttendee);
