import * as routes from '../lib/contract/routes/meetings.ts';
import { setCaptions } from '../lib/flows/meeting/captions.ts';
import { endpoint } from '../lib/http.ts';

/** PUT /meetings/{externalMeetingId}/captions */
export const handler = endpoint(routes.setCaptions, setCaptions);
