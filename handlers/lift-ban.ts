import { moderationOperations } from '../lib/contract/operations-moderation.ts';
import { liftBan } from '../lib/flows/people/lift-ban.ts';
import { endpoint } from '../lib/http.ts';

/** DELETE /meetings/{externalMeetingId}/bans/{externalUserId} */
export const handler = endpoint(moderationOperations.liftBan, liftBan);
