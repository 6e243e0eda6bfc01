import { operations } from '../lib/contract.ts';
import { drainRegion } from '../lib/flows/meeting/drain-region.ts';
import { endpoint } from '../lib/http.ts';

/** PUT /meetings/{externalMeetingId}/drains/{mediaRegion} */
export const handler = endpoint(operations.drainRegion, drainRegion);
