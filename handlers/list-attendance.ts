import { ledgerOperations } from '../lib/contract/operations-ledger.ts';
import { listAttendance } from '../lib/flows/ledger/list-attendance.ts';
import { endpoint } from '../lib/http.ts';

/** GET /meetings/{externalMeetingId}/attendance */
export const handler = endpoint(ledgerOperations.listAttendance, listAttendance);
