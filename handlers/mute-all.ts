import { moderationOperations } from '../lib/contract/operations-moderation.ts';
import { muteAll } from '../lib/flows/stage/mute-all.ts';
import { endpoint } from '../lib/http.ts';

/** POST /meetings/{externalMeetingId}/mute-all */
export const handler = endpoint(moderationOperations.muteAll, muteAll);
