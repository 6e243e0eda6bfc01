import { seatOperations } from '../lib/contract/operations-seats.ts';
import { leaveMeeting } from '../lib/flows/join/leave-meeting.ts';
import { endpoint } from '../lib/http.ts';

/** POST /meetings/{externalMeetingId}/leave */
export const handler = endpoint(seatOperations.leaveMeeting, leaveMeeting);
