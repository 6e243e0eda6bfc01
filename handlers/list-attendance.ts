import * as routes from '../lib/contract/routes/ledger.ts';
import { listAttendance } from '../lib/flows/ledger/list-attendance.ts';
import { endpoint } from '../lib/http.ts';

/** GET /meetings/{externalMeetingId}/attendance */
export const handler = endpoint(routes.listAttendance, listAttendance);
