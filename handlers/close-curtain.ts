import { meetingOperations } from '../lib/contract/operations-meetings.ts';
import { closeCurtain } from '../lib/flows/meeting/curtain.ts';
import { endpoint } from '../lib/http.ts';

/** DELETE /meetings/{externalMeetingId}/live */
export const handler = endpoint(meetingOperations.closeCurtain, closeCurtain);
