import * as routes from '../lib/contract/routes/ledger.ts';
import { getUsage } from '../lib/flows/ledger/get-usage.ts';
import { endpoint } from '../lib/http.ts';

/** GET /meetings/{externalMeetingId}/usage */
export const handler = endpoint(routes.getUsage, getUsage);
