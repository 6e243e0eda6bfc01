import * as z from 'zod/mini';
import type { Operation, RequestOf } from '../contract/operation.ts';
import { Refusal } from '../refusals.ts';
import type { Incoming } from './incoming.ts';

/** Of a route that takes no query. The open routes are asked by monitors and caches, which add members of their own. */
const NO_QUERY = z.strictObject({});

/**
 * What the flow gets: members of path and query side by side, and the body under its name. A missing body
 * is an empty one, so it passes where every member is optional. The first fault is refused by its field, and so is
 * a member of the query that the route does not know.
 */
export function parse<Op extends Operation>(operation: Op, request: Incoming): RequestOf<Op> {
  const { params, body, open } = operation;
  const query = operation.query ?? (open ? undefined : NO_QUERY);
  return {
    ...checked(params, request.params),
    ...checked(query, request.query),
    ...(body ? { body: checked(body, request.json === undefined ? {} : request.json) } : {}),
  } as RequestOf<Op>;
}

function checked(schema: z.ZodMiniType | undefined, value: unknown): object {
  if (!schema) return {};
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data as object;
  throw badRequest(parsed.error.issues[0]);
}

const MAX_FIELD = 150;
const MAX_WORDS = 500;

function badRequest(issue: z.core.$ZodIssue | undefined): Refusal {
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys : [];
  const field = [...(issue?.path ?? []), ...unknown.slice(0, 1)].map(String).join('.').slice(0, MAX_FIELD);
  const words =
    unknown.length > 0 ? `leave out what is not known here: ${unknown.join(', ')}` : issue?.message;
  const detail = words?.slice(0, MAX_WORDS);
  return new Refusal('BAD_REQUEST', { ...(detail ? { detail } : {}), ...(field ? { field } : {}) });
}
