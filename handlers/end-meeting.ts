import { meetingOperations } from '../lib/contract/operations-meetings.ts';
import { endMeeting } from '../lib/flows/meeting/end.ts';
import { endpoint } from '../lib/http.ts';

/** DELETE /meetings/{externalMeetingId} */
export const handler = endpoint(meetingOperations.endMeeting, endMeeting);
