import { operations } from '../lib/contract.ts';
import { createMeeting } from '../lib/flows/create-meeting.ts';
import { endpoint } from '../lib/http.ts';

/** PUT /meetings/{externalMeetingId} */
export const handler = endpoint(operations.createMeeting, createMeeting);
