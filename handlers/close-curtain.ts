import * as routes from '../lib/contract/routes/meetings.ts';
import { closeCurtain } from '../lib/flows/meeting/curtain.ts';
import { endpoint } from '../lib/http.ts';

/** DELETE /meetings/{externalMeetingId}/live */
export const handler = endpoint(routes.closeCurtain, closeCurtain);
