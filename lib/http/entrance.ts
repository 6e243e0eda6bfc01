import type { Caller, Role } from '../context.ts';
import type { Operation } from '../contract/operation.ts';
import { callerFrom, mayEnter } from '../domain/access/caller.ts';
import { Refusal } from '../refusals.ts';
import type { Settings } from '../settings.ts';
import { type Incoming, isBrokenPath } from './incoming.ts';

/** Who asks on a route without tokens. Nobody can be called this: it is too short to be a user id. */
const NOBODY: Caller = { externalUserId: '-', role: 'viewer' };

/**
 * Let the right people in: a token that names somebody, good for the meeting in the path, in a role that
 * the route is for. What the token says is believed: the authorizer has verified it.
 */
export function admit(operation: Operation, request: Incoming, settings: Settings): Caller {
  if (operation.open) return NOBODY;
  if (isBrokenPath(request.path)) throw nowhere();
  const caller = identify(request, settings);
  const meeting = request.params.externalMeetingId;
  if (meeting !== undefined && !mayEnter(caller, meeting))
    throw new Refusal('FORBIDDEN', { detail: 'This token is for another meeting.' });
  if (!isFor(operation, caller.role))
    throw new Refusal('FORBIDDEN', { detail: `The role ${caller.role} may not do this.` });
  return caller;
}

function nowhere(): Refusal {
  return new Refusal('MEETING_NOT_FOUND', { detail: 'No route has a path with an empty segment, . or ..' });
}

function identify({ claims }: Incoming, settings: Settings): Caller {
  if (typeof claims !== 'object' || claims === null) throw new Refusal('UNAUTHENTICATED');
  const caller = callerFrom(claims, settings);
  if (caller) return caller;
  const { personClaim, meetingClaim } = settings;
  const detail = `The token's ${personClaim} must be 2 to 64 characters that Chime accepts as an ExternalUserId, without / and not .., or the deployment must set personIds to shortened; its ${meetingClaim} claim, if any, must be a string and no list.`;
  throw new Refusal('UNAUTHENTICATED', { detail });
}

function isFor({ roles }: Operation, role: Role): boolean {
  return roles === 'any' || roles.includes(role);
}
