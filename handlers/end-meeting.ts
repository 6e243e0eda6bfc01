import { operations } from '../lib/contract.ts';
import { endMeeting } from '../lib/flows/meeting/end.ts';
import { endpoint } from '../lib/http.ts';

/** DELETE /meetings/{externalMeetingId} */
export const handler = endpoint(operations.endMeeting, endMeeting);
