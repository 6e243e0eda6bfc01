import * as routes from '../lib/contract/routes/ledger.ts';
import { eraseAttendance } from '../lib/flows/ledger/erase-attendance.ts';
import { endpoint } from '../lib/http.ts';

/** DELETE /meetings/{externalMeetingId}/attendance/{externalUserId} */
export const handler = endpoint(routes.eraseAttendance, eraseAttendance);
