import { ledgerOperations } from '../lib/contract/operations-ledger.ts';
import { getUsage } from '../lib/flows/ledger/get-usage.ts';
import { endpoint } from '../lib/http.ts';

/** GET /meetings/{externalMeetingId}/usage */
export const handler = endpoint(ledgerOperations.getUsage, getUsage);
