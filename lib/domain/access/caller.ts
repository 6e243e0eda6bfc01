import type { Caller, Role } from '../../context.ts';
import { displayNameOf } from './display-name.ts';
import { type PersonIds, personIdOf } from './person-id.ts';

/** The names of the claims that identify a caller. They are configurable. */
export interface ClaimNames {
  personClaim: string;
  personIds: PersonIds;
  displayNameClaim?: string | undefined;
  roleClaim: string;
  meetingClaim: string;
}

const RANKS: readonly Role[] = ['host', 'presenter', 'viewer'];
const COGNITO_GROUPS = 'cognito:groups';

/**
 * The caller that a verified token identifies. The role claim decides the role; without one, the Cognito groups do. The
 * highest role wins, and an unknown role is a viewer. Returns undefined where the person's claim cannot be a user id, or
 * where the meeting claim is not a name: an unreadable restriction must not count as no restriction.
 */
export function callerFrom(claims: unknown, names: ClaimNames): Caller | undefined {
  const claim = (name: string) => ownValue(claims, name);
  const externalUserId = personIn(claim(names.personClaim), names);
  if (externalUserId === undefined) return undefined;

  const roleClaim = claim(names.roleClaim) === undefined ? COGNITO_GROUPS : names.roleClaim;
  const role = highestRole(rolesIn(claim(roleClaim), roleClaim));
  const meeting = claim(names.meetingClaim);
  const person = { externalUserId, role, ...displayNameIn(claims, names) };
  if (meeting === undefined) return person;
  if (typeof meeting === 'string' && !LIST.test(meeting)) return { ...person, meeting };
  if (typeof meeting === 'number') return { ...person, meeting: String(meeting) };
  return undefined;
}

/** Whether this token is good for this meeting, or for all if none is given. Exact: no case folding, no prefixes. */
export function mayEnter(caller: Caller, externalMeetingId: string | undefined): boolean {
  return caller.meeting === undefined || caller.meeting === externalMeetingId;
}

function highestRole(names: unknown[]): Role {
  return RANKS.find((role) => names.includes(role)) ?? 'viewer';
}

/** A list as API Gateway hands it over: `[a b]`, without quotes around the elements. */
const LIST = /^\[(.*)\]$/s;

/**
 * The names in a claim that may be roles. API Gateway writes a list of the one group `not a host` exactly as a list of the
 * three groups `not`, `a` and `host`. So a text is read only in the way that cannot grant more than was meant:
 *
 * 1. A text that is no list is one name.
 * 2. The list of Cognito's groups is split at spaces, because no group name contains one:
 *    https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateGroup.html
 * 3. Any other list is one name, whatever spaces it contains: `[host]` is `host`, and `[staff host]` is no role.
 */
function rolesIn(value: unknown, claimName: string): unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value !== 'string') return [];
  const listed = LIST.exec(value)?.[1];
  if (listed === undefined) return [value];
  return claimName === COGNITO_GROUPS ? listed.split(' ') : [listed];
}

/** The user id in a claim. A list is rejected: its text could be that of another list. `sub` is never a list (RFC 7519). */
function personIn(value: unknown, { personClaim, personIds }: ClaimNames): string | undefined {
  if (typeof value !== 'string' || (personClaim !== 'sub' && LIST.test(value))) return undefined;
  return personIdOf(value, personIds);
}

/** The display name in the claims. A name that cannot be shown is left out; the person is still admitted. */
function displayNameIn(claims: unknown, { displayNameClaim }: ClaimNames): Pick<Caller, 'displayName'> {
  const text = displayNameClaim === undefined ? undefined : ownValue(claims, displayNameClaim);
  const displayName = typeof text === 'string' ? displayNameOf(text) : undefined;
  return displayName === undefined ? {} : { displayName };
}

function ownValue(claims: unknown, name: string): unknown {
  if (typeof claims !== 'object' || claims === null || !Object.hasOwn(claims, name)) return undefined;
  return (claims as Record<string, unknown>)[name];
}
