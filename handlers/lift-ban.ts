import * as routes from '../lib/contract/routes/moderation.ts';
import { liftBan } from '../lib/flows/people/lift-ban.ts';
import { endpoint } from '../lib/http.ts';

/** DELETE /meetings/{externalMeetingId}/bans/{externalUserId} */
export const handler = endpoint(routes.liftBan, liftBan);
