import * as routes from '../lib/contract/routes/seats.ts';
import { joinMeeting } from '../lib/flows/join/join-meeting.ts';
import { endpoint } from '../lib/http.ts';

/** POST /meetings/{externalMeetingId}/join */
export const handler = endpoint(routes.joinMeeting, joinMeeting);
