import type * as z from 'zod/mini';
import type { Role } from '../context.ts';
import { type RefusalCode, refusals } from '../refusals.ts';

/** One route of the contract, as far as its function needs it: what it parses, and whom it serves. */
export interface Route {
  operationId: string;
  method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  summary: string;
  roles: 'any' | readonly Role[];
  /** Served without a token. */
  open?: true;
  /** Agreed, but not served yet. */
  planned?: true;
  params?: z.ZodMiniType;
  /** A strict object, like a body, so that a misspelt member is refused and not ignored. Absent on a route without a query. */
  query?: z.ZodMiniType;
  /** Absent on a route that takes no body. Only an open one ignores a body; any other refuses one with members. */
  body?: z.ZodMiniType;
  /** Whether a 200 is also answered as CSV, for a request with `Accept: text/csv`. */
  csv?: true;
  /** The most requests per second of one person, if fewer than `requestsPerPerson`. */
  mostPerSecond?: number;
  /** Those of its own; `refusalsOf` adds what every route may answer. */
  refusals: readonly RefusalCode[];
}

/** A route with its answers, as the OpenAPI document describes it. No function parses its own answers. */
export interface Operation extends Route {
  /** By status; `null` has no body. */
  answers: Readonly<Record<number, z.ZodMiniType | null>>;
}

type Parsed<Schema> = Schema extends z.ZodMiniType ? z.output<Schema> : unknown;
type ParsedBody<Schema> = Schema extends z.ZodMiniType ? { body: z.output<Schema> } : unknown;

/** What the flow of an operation gets: path and query members side by side, and `body` where there is one. */
export type RequestOf<Op extends Route> = Parsed<Op['params']> & Parsed<Op['query']> & ParsedBody<Op['body']>;

/** Every code that an operation may answer, ordered by status. */
export function refusalsOf(operation: Route): RefusalCode[] {
  const codes = new Set<RefusalCode>([...operation.refusals, ...shellRefusals(operation)]);
  return [...codes].sort((a, b) => refusals[a].status - refusals[b].status);
}

function shellRefusals({ open }: Route): RefusalCode[] {
  return [
    ...(open ? [] : (['BAD_REQUEST'] as const)),
    ...(open ? [] : (['UNAUTHENTICATED', 'FORBIDDEN', 'MEETING_NOT_FOUND'] as const)),
    ...(open ? [] : (['UNSUPPORTED_MEDIA_TYPE'] as const)),
    'PAYLOAD_TOO_LARGE',
    'TOO_MANY_REQUESTS',
    'INTERNAL',
    ...(open ? [] : (['UPSTREAM_UNAVAILABLE'] as const)),
  ];
}
