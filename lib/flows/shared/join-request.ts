import type { RequestContext } from '../../context.ts';
import type { RequestOf } from '../../contract/operation.ts';
import type { operations } from '../../contract.ts';
import { displayNameOf } from '../../domain/access/display-name.ts';
import { settings } from '../../settings.ts';
import type { Session } from '../../store/participant/participants.ts';

/** What anybody asks who joins. */
export type JoinRequest = RequestOf<(typeof operations)['joinMeeting']>;

/**
 * The session that a join begins: one for each join, whatever is repeated on the way, and the name that others see. Where the
 * deployment reads names from tokens, people cannot choose another.
 */
export function sessionOf({ body }: JoinRequest, { caller, requestId }: RequestContext): Session {
  const said = body.displayName === undefined ? undefined : displayNameOf(body.displayName);
  const displayName = settings().displayNameClaim === undefined ? said : caller.displayName;
  return { sessionId: requestId, ...(displayName !== undefined && { displayName }) };
}
