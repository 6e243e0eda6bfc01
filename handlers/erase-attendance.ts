import { ledgerOperations } from '../lib/contract/operations-ledger.ts';
import { eraseAttendance } from '../lib/flows/ledger/erase-attendance.ts';
import { endpoint } from '../lib/http.ts';

/** DELETE /meetings/{externalMeetingId}/attendance/{externalUserId} */
export const handler = endpoint(ledgerOperations.eraseAttendance, eraseAttendance);
