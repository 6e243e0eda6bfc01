import * as routes from '../lib/contract/routes/seats.ts';
import { leaveMeeting } from '../lib/flows/join/leave-meeting.ts';
import { endpoint } from '../lib/http.ts';

/** POST /meetings/{externalMeetingId}/leave */
export const handler = endpoint(routes.leaveMeeting, leaveMeeting);
