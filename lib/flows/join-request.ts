import type { RequestOf } from '../contract/operation.ts';
import type { operations } from '../contract.ts';

/** What anybody asks who joins. */
export type JoinRequest = RequestOf<(typeof operations)['joinMeeting']>;
