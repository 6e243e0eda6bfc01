import * as routes from '../lib/contract/routes/moderation.ts';
import { liftDrain } from '../lib/flows/meeting/drain-region.ts';
import { endpoint } from '../lib/http.ts';

/** DELETE /meetings/{externalMeetingId}/drains/{mediaRegion} */
export const handler = endpoint(routes.liftDrain, liftDrain);
