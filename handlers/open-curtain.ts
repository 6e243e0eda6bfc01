import * as routes from '../lib/contract/routes/meetings.ts';
import { openCurtain } from '../lib/flows/meeting/curtain.ts';
import { endpoint } from '../lib/http.ts';

/** POST /meetings/{externalMeetingId}/live */
export const handler = endpoint(routes.openCurtain, openCurtain);
