import { meetingOperations } from '../lib/contract/operations-meetings.ts';
import { listMeetings } from '../lib/flows/meeting/list.ts';
import { endpoint } from '../lib/http.ts';

/** GET /meetings */
export const handler = endpoint(meetingOperations.listMeetings, listMeetings);
