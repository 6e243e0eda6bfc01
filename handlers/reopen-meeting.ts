import * as routes from '../lib/contract/routes/meetings.ts';
import { reopenMeeting } from '../lib/flows/meeting/reopen.ts';
import { endpoint } from '../lib/http.ts';

/** POST /meetings/{externalMeetingId}/reopen */
export const handler = endpoint(routes.reopenMeeting, reopenMeeting);
