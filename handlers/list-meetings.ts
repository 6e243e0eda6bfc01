import * as routes from '../lib/contract/routes/meetings.ts';
import { listMeetings } from '../lib/flows/meeting/list.ts';
import { endpoint } from '../lib/http.ts';

/** GET /meetings */
export const handler = endpoint(routes.listMeetings, listMeetings);
