import * as routes from '../lib/contract/routes/meetings.ts';
import { getMeeting } from '../lib/flows/meeting/get.ts';
import { endpoint } from '../lib/http.ts';

/** GET /meetings/{externalMeetingId} */
export const handler = endpoint(routes.getMeeting, getMeeting);
