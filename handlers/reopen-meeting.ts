import { meetingOperations } from '../lib/contract/operations-meetings.ts';
import { reopenMeeting } from '../lib/flows/meeting/reopen.ts';
import { endpoint } from '../lib/http.ts';

/** POST /meetings/{externalMeetingId}/reopen */
export const handler = endpoint(meetingOperations.reopenMeeting, reopenMeeting);
