import { moderationOperations } from '../lib/contract/operations-moderation.ts';
import { listBans } from '../lib/flows/people/list-bans.ts';
import { endpoint } from '../lib/http.ts';

/** GET /meetings/{externalMeetingId}/bans */
export const handler = endpoint(moderationOperations.listBans, listBans);
