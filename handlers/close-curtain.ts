import { operations } from '../lib/contract.ts';
import { closeCurtain } from '../lib/flows/meeting/curtain.ts';
import { endpoint } from '../lib/http.ts';

/** DELETE /meetings/{externalMeetingId}/live */
export const handler = endpoint(operations.closeCurtain, closeCurtain);
