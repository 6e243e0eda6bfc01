import type { Caller, Role } from '../context.ts';
import type { Route } from '../contract/operation.ts';
import { callerFrom, mayEnter } from '../domain/access/caller.ts';
import { Refusal } from '../refusals.ts';
import type { Settings } from '../settings.ts';
import { type Incoming, isBrokenPath } from './incoming.ts';

/** The caller of a route without tokens. The id is too short to be a user id. */
const ANONYMOUS: Caller = { externalUserId: '-', role: 'viewer' };

/** Why a token that names a meeting is refused. */
const NOT_FOR = {
  other: 'This token is for another meeting.',
  all: 'This token is for one meeting, and this route is about all.',
};

/**
 * Authorize a request. Its token must name a user, be valid for the meeting in the path, or for all where the path names none,
 * and have a role of the route. The authorizer has already verified the token.
 */
export function admit(operation: Route, request: Incoming, settings: Settings): Caller {
  if (operation.open) return ANONYMOUS;
  if (isBrokenPath(request.path)) throw brokenPath();
  const caller = identify(request, settings);
  const meeting = operation.params && request.params.externalMeetingId;
  if (!mayEnter(caller, meeting))
    throw new Refusal('FORBIDDEN', { detail: NOT_FOR[meeting ? 'other' : 'all'] });
  if (!isFor(operation, caller.role))
    throw new Refusal('FORBIDDEN', { detail: `The role ${caller.role} may not do this.` });
  return caller;
}

function brokenPath(): Refusal {
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

function isFor({ roles }: Route, role: Role): boolean {
  return roles === 'any' || roles.includes(role);
}
