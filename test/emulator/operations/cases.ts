import { atLeast, atMost } from '../refusals.ts';

const PATTERN = `Member must satisfy regular expression pattern: ^[-_&@+=,(){}[\\]/«».:|'"#a-zA-Z0-9À-ÿ\\s]*$`;
const RESERVED = 'Member must not begin with the reserved prefix aws:';

/** What is no ExternalMeetingId and no ExternalUserId, and why. */
export const ExternalIdCases: [string, string][] = [
  ['x', atLeast(2)],
  ['x'.repeat(65), atMost(64)],
  ['what?', PATTERN],
  ['50%', PATTERN],
  ['会議', PATTERN],
  ['aws:mine', RESERVED],
  ['AWS:mine', RESERVED],
];

const KEY_PATTERN = 'Member must satisfy regular expression pattern: ^[a-zA-Z+-=._:/]+$';
const VALUE_PATTERN = 'Member must satisfy regular expression pattern: ^[\\s\\w+-=.:/@]*$';
const manyTags = Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}`, Value: '' }));

/** What are no tags: in words, the tags, where the fault is, and why. */
export const TagCases: [string, object[], string, string][] = [
  ['of 51', manyTags, 'tags', atMost(50)],
  ['with a long key', [{ Key: 'k'.repeat(129), Value: '' }], 'tags.1.member.key', atMost(128)],
  ['with a space in a key', [{ Key: 'a b', Value: '' }], 'tags.1.member.key', KEY_PATTERN],
  ['with a long value', [{ Key: 'ok', Value: 'v'.repeat(257) }], 'tags.1.member.value', atMost(256)],
  ['with a # in a value', [{ Key: 'ok', Value: '#' }], 'tags.1.member.value', VALUE_PATTERN],
];
