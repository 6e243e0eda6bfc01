import { meetingOperations } from '../lib/contract/operations-meetings.ts';
import { openCurtain } from '../lib/flows/meeting/curtain.ts';
import { endpoint } from '../lib/http.ts';

/** POST /meetings/{externalMeetingId}/live */
export const handler = endpoint(meetingOperations.openCurtain, openCurtain);
