import * as routes from '../lib/contract/routes/moderation.ts';
import { muteAll } from '../lib/flows/stage/mute-all.ts';
import { endpoint } from '../lib/http.ts';

/** POST /meetings/{externalMeetingId}/mute-all */
export const handler = endpoint(routes.muteAll, muteAll);
