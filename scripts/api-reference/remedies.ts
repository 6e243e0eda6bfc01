import type { OperationName } from '../../lib/contract.ts';
import type { RefusalCode } from '../../lib/refusals.ts';

/** What a client's developer should do about each refusal. */
export const remedies: Record<RefusalCode, string> = {
  BAD_REQUEST: 'Change the field that `field` names, as `detail` says. Do not repeat the same request.',
  UNAUTHENTICATED: 'Get a new token, and retry. If `detail` names `sub`, the issuer must change it.',
  FORBIDDEN:
    'The token is for another meeting, or its role does not allow this. Hide the button that leads here.',
  BANNED: 'Tell the user, and stop. Only a host can lift a ban.',
  MEETING_NOT_FOUND:
    'Check the name. A host creates it by `PUT`; a host or presenter also creates it by joining.',
  NOT_PROMOTED:
    'The caller is not on stage by a promotion, or no longer. Retry in a few seconds if the caller waits for one.',
  NOT_JOINED: 'The person must join first, or has left.',
  ON_STAGE: 'The caller is on stage: offer the microphone instead of the hand.',
  MEETING_FULL: 'Tell the user. A host can raise `maxReplicas`, if the account has the quota.',
  STAGE_FULL: 'A person must leave the stage first.',
  NOWHERE_ELSE: 'Lift another drain, or allow another media region (`allowedMediaRegions`), then retry.',
  MEETING_ENDED:
    'Tell the user, and stop. A host can reopen the name with its old options by `POST …/reopen`.',
  PAYLOAD_TOO_LARGE: 'Send at most 16 KB.',
  UNSUPPORTED_MEDIA_TYPE: 'Send JSON, with `content-type: application/json`.',
  TOO_MANY_REQUESTS: 'Wait for the time in `Retry-After` plus jitter, and retry.',
  INTERNAL: 'A bug in Balcony. Do not retry automatically; report the `requestId`.',
  UPSTREAM_UNAVAILABLE:
    'Wait for the time in `Retry-After` plus jitter, and retry: every route is idempotent.',
};

type Special = Partial<Record<OperationName, Partial<Record<RefusalCode, string>>>>;

/** Remedies for single routes. */
const special: Special = {
  joinMeeting: {
    MEETING_NOT_FOUND:
      'For viewers only: tell them that the meeting has not begun. The first host or presenter creates it.',
    STAGE_FULL:
      'For hosts and presenters: a person must leave the stage first, or the caller joins as a viewer.',
  },
  getPromotion: {
    NOT_PROMOTED: 'Retry every few seconds while the hand is up. The first success is the invitation.',
  },
  updateAttendee: {
    NOT_JOINED: 'The person is not on stage. Viewers in their seats can send nothing anyway.',
  },
  revokePromotion: {
    FORBIDDEN: 'Viewers may demote only themselves; or the token is for another meeting.',
  },
  getAttendee: { NOT_JOINED: 'The person never joined, or has left.' },
};

/** Whether a refusal has a meaning of its own on this route. */
export const knowsBetter = (operation: OperationName, code: RefusalCode) =>
  special[operation]?.[code] !== undefined;

export const remedyFor = (operation: OperationName, code: RefusalCode) =>
  special[operation]?.[code] ?? remedies[code];
