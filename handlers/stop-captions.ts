import * as routes from '../lib/contract/routes/meetings.ts';
import { stopCaptions } from '../lib/flows/meeting/captions.ts';
import { endpoint } from '../lib/http.ts';

/** DELETE /meetings/{externalMeetingId}/captions */
export const handler = endpoint(routes.stopCaptions, stopCaptions);
