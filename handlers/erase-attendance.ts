import { operations } from '../lib/contract.ts';
import { eraseAttendance } from '../lib/flows/ledger/erase-attendance.ts';
import { endpoint } from '../lib/http.ts';

/** DELETE /meetings/{externalMeetingId}/attendance/{externalUserId} */
export const handler = endpoint(operations.eraseAttendance, eraseAttendance);
