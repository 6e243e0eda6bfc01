import { operations } from '../lib/contract.ts';
import { leaveMeeting } from '../lib/flows/join/leave-meeting.ts';
import { endpoint } from '../lib/http.ts';

/** POST /meetings/{externalMeetingId}/leave */
export const handler = endpoint(operations.leaveMeeting, leaveMeeting);
