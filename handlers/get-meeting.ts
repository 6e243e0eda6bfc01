import { operations } from '../lib/contract.ts';
import { getMeeting } from '../lib/flows/meeting/get.ts';
import { endpoint } from '../lib/http.ts';

/** GET /meetings/{externalMeetingId} */
export const handler = endpoint(operations.getMeeting, getMeeting);
