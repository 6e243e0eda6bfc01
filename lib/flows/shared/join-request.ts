import type { RequestContext } from '../../context.ts';
import type { RequestOf } from '../../contract/operation.ts';
import type { operations } from '../../contract.ts';
import { displayNameOf } from '../../domain/access/display-name.ts';
import { settings } from '../../settings.ts';
import type { Session } from '../../store/participant/participants.ts';

/** The parsed request of a join. */
export type JoinRequest = RequestOf<(typeof operations)['joinMeeting']>;

/**
 * The session that a join begins: a new session id, the same for all attempts of one request, and the display name.
 * If the deployment reads display names from tokens, the request cannot choose another.
 */
export function sessionOf({ body }: JoinRequest, { caller, requestId }: RequestContext): Session {
  const said = body.displayName === undefined ? undefined : displayNameOf(body.displayName);
  const displayName = settings().displayNameClaim === undefined ? said : caller.displayName;
  return { sessionId: requestId, ...(displayName !== undefined && { displayName }) };
}
