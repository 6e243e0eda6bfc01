import * as z from 'zod/mini';
import { isDisplayName, MOST_DISPLAY_NAME } from '../domain/access/display-name.ts';
import { EXTERNAL_ID } from '../domain/access/external-id.ts';

const WORDS = `must be 2 to 64 letters (A to Z, a to z, À to ÿ), digits, spaces or -_&@+=,(){}[]«».:|'"#, must not be .. and must not start with aws:`;

/** The name that callers use for a meeting. It outlives every Chime meeting behind it. */
export const externalMeetingId = z.string().check(
  z.regex(EXTERNAL_ID, WORDS),
  z.meta({
    id: 'ExternalMeetingId',
    description:
      "The meeting's name, in the pattern of an ExternalUserId. It outlives every Chime meeting behind it.",
    example: 'town-hall-2030',
  }),
);

/** The name of a person: the `sub` of their token. */
export const externalUserId = z.string().check(
  z.regex(EXTERNAL_ID, WORDS),
  z.meta({
    id: 'ExternalUserId',
    description:
      "A participant: the `sub` of their token, in Chime's pattern without `/`, and not `..`. Letters are A to Z and À to ÿ, one code point each: `é` is allowed; `e` with a combining accent, `Ł`, `š`, other alphabets and emoji are not.",
    example: 'ada@example.com',
  }),
);

/** A name for people to read. Pages show it as text, never as markup. */
export const displayName = z.string().check(
  z.refine(isDisplayName, 'must be 1 to 64 characters that can be seen'),
  z.meta({
    id: 'DisplayName',
    description:
      'A name for people to read: 1 to 64 characters of any script, without control characters. Show it as text, because it may look like markup.',
    override: { type: 'string', minLength: 1, maxLength: MOST_DISPLAY_NAME },
    example: 'Linus Quill',
  }),
);

export const role = z.enum(['host', 'presenter', 'viewer']).check(
  z.meta({
    id: 'Role',
    description: 'Hosts manage the meeting. Hosts and presenters join the primary, viewers join replicas.',
  }),
);

/** A moment, as people and `Date` read it. */
export const instant = z.iso
  .datetime('must be a time such as 2030-05-01T17:00:00.000Z')
  .check(z.meta({ example: '2030-05-01T17:00:00.000Z' }));

/** Names one join of a person. */
export const sessionId = z.string().check(z.minLength(1), z.maxLength(128));

/** The path of every route about one meeting. */
export const meetingPath = z.object({ externalMeetingId });

/** The path of every route about one person in one meeting. */
export const personPath = z.object({ externalMeetingId, externalUserId });

/** Where the next page starts; absent on the last one. */
export const nextCursor = z.exactOptional(z.string());

/** A switch in the query string: `true` or `false`, and false when absent. */
export function querySwitch(description: string) {
  return z
    ._default(z.stringbool({ truthy: ['true'], falsy: ['false'], case: 'sensitive' }), false)
    .check(z.meta({ description, override: { type: 'boolean', default: false } }));
}
