import { meetingOperations } from '../lib/contract/operations-meetings.ts';
import { createMeeting } from '../lib/flows/meeting/create.ts';
import { endpoint } from '../lib/http.ts';

/** PUT /meetings/{externalMeetingId} */
export const handler = endpoint(meetingOperations.createMeeting, createMeeting);
