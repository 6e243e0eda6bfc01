import * as routes from '../lib/contract/routes/moderation.ts';
import { listBans } from '../lib/flows/people/list-bans.ts';
import { endpoint } from '../lib/http.ts';

/** GET /meetings/{externalMeetingId}/bans */
export const handler = endpoint(routes.listBans, listBans);
