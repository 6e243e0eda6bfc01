import { operations } from '../lib/contract.ts';
import { openCurtain } from '../lib/flows/meeting/curtain.ts';
import { endpoint } from '../lib/http.ts';

/** POST /meetings/{externalMeetingId}/live */
export const handler = endpoint(operations.openCurtain, openCurtain);
