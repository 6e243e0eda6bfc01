import { en } from 'zod/locales';
import * as z from 'zod/mini';
import type { RequestOf, Route } from '../contract/operation.ts';
import { Refusal } from '../refusals.ts';
import type { Incoming } from './incoming.ts';

z.config(en()); // zod/mini has no error messages of its own

/**
 * The query, or the body, of a route without one. Otherwise `DELETE …/attendees/x` with the body `{ "ban": true }` would
 * remove without a ban. Open routes accept anything, because monitors and caches add members of their own.
 */
const NO_MEMBERS = z.strictObject({});

/**
 * Parse the request of a flow: members of path and query side by side, and the body as `body`. A missing body counts
 * as an empty object. The first fault is refused by field, and so is an unknown member of the query or the body.
 */
export function parse<Op extends Route>(operation: Op, request: Incoming): RequestOf<Op> {
  const { params, body, open } = operation;
  const none = open ? undefined : NO_MEMBERS;
  const parsed = {
    ...checked(params, request.params),
    ...checked(operation.query ?? none, request.query),
  };
  const parsedBody = checked(body ?? none, request.json === undefined ? {} : request.json);
  return (body ? { ...parsed, body: parsedBody } : parsed) as RequestOf<Op>;
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
  const words = unknown.length > 0 ? `remove unknown members: ${unknown.join(', ')}` : issue?.message;
  const detail = words?.slice(0, MAX_WORDS);
  return new Refusal('BAD_REQUEST', { ...(detail ? { detail } : {}), ...(field ? { field } : {}) });
}
