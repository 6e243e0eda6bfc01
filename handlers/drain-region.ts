import { moderationOperations } from '../lib/contract/operations-moderation.ts';
import { drainRegion } from '../lib/flows/meeting/drain-region.ts';
import { endpoint } from '../lib/http.ts';

/** PUT /meetings/{externalMeetingId}/drains/{mediaRegion} */
export const handler = endpoint(moderationOperations.drainRegion, drainRegion);
