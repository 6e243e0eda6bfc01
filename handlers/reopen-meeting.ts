import { operations } from '../lib/contract.ts';
import { reopenMeeting } from '../lib/flows/meeting/reopen.ts';
import { endpoint } from '../lib/http.ts';

/** POST /meetings/{externalMeetingId}/reopen */
export const handler = endpoint(operations.reopenMeeting, reopenMeeting);
