import * as routes from '../lib/contract/routes/meetings.ts';
import { createMeeting } from '../lib/flows/meeting/create.ts';
import { endpoint } from '../lib/http.ts';

/** PUT /meetings/{externalMeetingId} */
export const handler = endpoint(routes.createMeeting, createMeeting);
