import * as routes from '../lib/contract/routes/seats.ts';
import { reportClientEvents } from '../lib/flows/people/report-client-events.ts';
import { endpoint } from '../lib/http.ts';

/** POST /meetings/{externalMeetingId}/client-events */
export const handler = endpoint(routes.reportClientEvents, reportClientEvents);
