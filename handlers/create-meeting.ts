import { operations } from '../lib/contract.ts';
import { createMeeting } from '../lib/flows/meeting/create.ts';
import { endpoint } from '../lib/http.ts';

/** PUT /meetings/{externalMeetingId} */
export const handler = endpoint(operations.createMeeting, createMeeting);
