import * as routes from '../lib/contract/routes/meetings.ts';
import { endMeeting } from '../lib/flows/meeting/end.ts';
import { endpoint } from '../lib/http.ts';

/** DELETE /meetings/{externalMeetingId} */
export const handler = endpoint(routes.endMeeting, endMeeting);
