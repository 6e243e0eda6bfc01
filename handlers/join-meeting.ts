import { seatOperations } from '../lib/contract/operations-seats.ts';
import { joinMeeting } from '../lib/flows/join/join-meeting.ts';
import { endpoint } from '../lib/http.ts';

/** POST /meetings/{externalMeetingId}/join */
export const handler = endpoint(seatOperations.joinMeeting, joinMeeting);
