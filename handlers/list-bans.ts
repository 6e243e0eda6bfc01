import { operations } from '../lib/contract.ts';
import { listBans } from '../lib/flows/people/list-bans.ts';
import { endpoint } from '../lib/http.ts';

/** GET /meetings/{externalMeetingId}/bans */
export const handler = endpoint(operations.listBans, listBans);
