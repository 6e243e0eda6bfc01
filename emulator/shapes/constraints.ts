import type * as z from 'zod';
import { ChimeError, type ErrorName } from '../errors.ts';

/**
 * Parses an input. All violated constraints are reported together, in the format of AWS's front end: "1 validation error
 * detected: Value at 'attendees' failed to satisfy constraint: …" (https://github.com/aws/aws-sdk-js/issues/4344). A value of
 * the wrong JSON type is refused earlier.
 */
export function parseInput<Shape extends z.ZodType>(
  shape: Shape,
  input: unknown,
  errorName: ErrorName,
): z.infer<Shape> {
  const parsed = shape.safeParse(input, { reportInput: true });
  if (parsed.success) return parsed.data;
  const mistyped = parsed.error.issues.find(isMistyped);
  if (mistyped) throw new ChimeError('SerializationException', `Wrong type at '${place(mistyped.path)}'`);
  throw brokenConstraints(
    errorName,
    parsed.error.issues.map((issue) => ({ at: place(issue.path), constraint: constraintOf(issue) })),
  );
}

/** The error for constraints that only the state of the service can check. */
export function brokenConstraints(
  errorName: ErrorName,
  broken: { at: string; constraint: string }[],
): ChimeError {
  const errors = broken.length === 1 ? '1 validation error' : `${broken.length} validation errors`;
  const each = broken.map(
    ({ at, constraint }) => `Value at '${at}' failed to satisfy constraint: ${constraint}`,
  );
  return new ChimeError(errorName, `${errors} detected: ${each.join('; ')}`);
}

type Issue = z.core.$ZodIssue;

const isMistyped = (issue: Issue) => issue.code === 'invalid_type' && issue.input !== undefined;

function constraintOf(issue: Issue): string {
  switch (issue.code) {
    case 'too_small':
      return `Member must have ${measure(issue.origin)} greater than or equal to ${issue.minimum}`;
    case 'too_big':
      return `Member must have ${measure(issue.origin)} less than or equal to ${issue.maximum}`;
    case 'invalid_format':
      return `Member must satisfy regular expression pattern: ${issue.pattern?.slice(1, -1)}`;
    case 'invalid_value':
      return issue.input === undefined ? MISSING : `Member must satisfy enum value set: ${set(issue.values)}`;
    case 'invalid_type':
      return MISSING;
    default:
      return issue.message;
  }
}

const MISSING = 'Member must not be null';

const measure = (origin: string) => (origin === 'string' || origin === 'array' ? 'length' : 'value');

const set = (values: readonly unknown[]) => `[${values.join(', ')}]`;

/** `['Attendees', 0, 'ExternalUserId']` is `attendees.1.member.externalUserId` in AWS's messages. */
function place(path: PropertyKey[]): string {
  return path
    .map((step) => (typeof step === 'number' ? `${step + 1}.member` : lowerFirst(String(step))))
    .join('.');
}

const lowerFirst = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);
