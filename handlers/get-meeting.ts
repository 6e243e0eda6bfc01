import { meetingOperations } from '../lib/contract/operations-meetings.ts';
import { getMeeting } from '../lib/flows/meeting/get.ts';
import { endpoint } from '../lib/http.ts';

/** GET /meetings/{externalMeetingId} */
export const handler = endpoint(meetingOperations.getMeeting, getMeeting);
