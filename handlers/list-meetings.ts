import { operations } from '../lib/contract.ts';
import { listMeetings } from '../lib/flows/meeting/list.ts';
import { endpoint } from '../lib/http.ts';

/** GET /meetings */
export const handler = endpoint(operations.listMeetings, listMeetings);
