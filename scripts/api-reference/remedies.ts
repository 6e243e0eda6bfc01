import type { OperationName } from '../../lib/contract.ts';
import type { RefusalCode } from '../../lib/refusals.ts';

/** What a client's developer should do about each refusal. */
export const remedies: Record<RefusalCode, string> = {
  BAD_REQUEST: 'Change what `field` names, as `detail` says. Sending the same again is in vain.',
  UNAUTHENTICATED: 'Get a new token, and ask again. If `detail` speaks of `sub`, the issuer must change it.',
  FORBIDDEN: 'The token is for another meeting, or its role may not do this. Hide what leads here.',
  BANNED: 'Say so, and stop. Only a host can lift a ban.',
  MEETING_NOT_FOUND:
    'Check the name. A host makes it known by `PUT`, and a host or presenter also by joining.',
  NOT_PROMOTED:
    'They are not on stage by a promotion, or not any more. Ask again in a few seconds if they hope to be.',
  NOT_JOINED: 'They must join first; or they have left.',
  ON_STAGE: 'They are on stage: offer the microphone instead of the hand.',
  MEETING_FULL: 'Say so. A host can raise `maxReplicas`, if the account has the quota.',
  STAGE_FULL: 'Somebody must leave the stage first.',
  MEETING_ENDED: 'Say so, and stop. A host opens the name again, with the same options by `POST …/reopen`.',
  PAYLOAD_TOO_LARGE: 'Send at most 16 KB.',
  UNSUPPORTED_MEDIA_TYPE: 'Send JSON, with `content-type: application/json`.',
  TOO_MANY_REQUESTS: 'Wait as long as `Retry-After` says, add a random part, and ask again.',
  INTERNAL: 'A bug of ours. Do not repeat it by itself; quote `requestId`.',
  UPSTREAM_UNAVAILABLE:
    'Wait as long as `Retry-After` says, add a random part, and ask again: all of it may be repeated.',
};

type Special = Partial<Record<OperationName, Partial<Record<RefusalCode, string>>>>;

/** Remedies for single routes. */
const special: Special = {
  joinMeeting: {
    MEETING_NOT_FOUND:
      'For viewers only: say that it has not begun. The first host or presenter makes it known.',
    STAGE_FULL: 'For hosts and presenters: somebody must leave the stage first, or join as a viewer.',
  },
  getPromotion: {
    NOT_PROMOTED: 'Ask again every few seconds while the hand is up: the answer is the invitation.',
  },
  updateAttendee: { NOT_JOINED: 'They are not on stage. Viewers in their seats can send nothing anyway.' },
  revokePromotion: {
    FORBIDDEN: 'Viewers may step down themselves, and nobody else; or the token is for another meeting.',
  },
  getAttendee: { NOT_JOINED: 'They never came, or have left.' },
};

/** Whether a refusal has a meaning of its own on this route. */
export const knowsBetter = (operation: OperationName, code: RefusalCode) =>
  special[operation]?.[code] !== undefined;

export const remedyFor = (operation: OperationName, code: RefusalCode) =>
  special[operation]?.[code] ?? remedies[code];
