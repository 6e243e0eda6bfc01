import type { RequestContext, ViewerLocation } from '../context.ts';

/** A request as parsed from an API Gateway event (payload 2.0): every member has its declared type. */
export interface Incoming {
  requestId: string;
  startedAt: number;
  /** Lower-case names. */
  headers: Readonly<Record<string, string>>;
  /** The raw path. */
  path: string;
  params: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
  /** Decoded; absent if none, or an empty one, was sent. */
  body?: string;
  /** The parsed JSON of the body. */
  json?: unknown;
  /** The claims of the token that the authorizer has verified. */
  claims: unknown;
  /** Set once the caller is authorized. */
  context?: RequestContext;
}

/**
 * Parse an event of any shape. API Gateway omits absent maps; serverless-offline sends null and may keep the
 * client's case in header names. Both decode path parameters. A `%` that remains is part of the name, and names do
 * not allow it.
 */
export function incoming(event: unknown, context: unknown, startedAt: number): Incoming {
  const authorizer = member(member(event, 'requestContext'), 'authorizer');
  const body = bodyOf(event);
  return {
    requestId: textOf(member(context, 'awsRequestId')) ?? 'unknown',
    startedAt,
    headers: texts(member(event, 'headers'), (name) => name.toLowerCase()),
    path: textOf(member(event, 'rawPath')) ?? '',
    params: texts(member(event, 'pathParameters')),
    query: texts(member(event, 'queryStringParameters')),
    claims: member(member(authorizer, 'jwt'), 'claims'),
    ...(body ? { body } : {}),
  };
}

/**
 * Whether a path has an empty segment, `.` or `..`. Such a path is what remains of a name that a path cannot carry:
 * URL parsers turn `PUT …/promotions/..` into `PUT /meetings/{name}/`. That must not change the meeting, whichever
 * route a gateway chooses.
 */
export function isBrokenPath(path: string): boolean {
  return /\/(\.|%2e){0,2}(\/|$)/i.test(path);
}

/**
 * The viewer's location from CloudFront headers. A client can send these headers too: trust them only behind
 * CloudFront.
 */
export function locationOf(headers: Incoming['headers']): ViewerLocation {
  const latitude = degrees(headers['cloudfront-viewer-latitude'], 90);
  const longitude = degrees(headers['cloudfront-viewer-longitude'], 180);
  const country = headers['cloudfront-viewer-country']?.toUpperCase();
  return {
    ...(latitude !== undefined && longitude !== undefined ? { latitude, longitude } : {}),
    ...(country && /^[A-Z]{2}$/.test(country) ? { country } : {}),
  };
}

function degrees(text: string | undefined, limit: number): number | undefined {
  const number = text ? Number(text) : Number.NaN;
  return Math.abs(number) <= limit ? number : undefined;
}

function bodyOf(event: unknown): string | undefined {
  const body = textOf(member(event, 'body'));
  return body && member(event, 'isBase64Encoded') === true ? Buffer.from(body, 'base64').toString() : body;
}

function texts(map: unknown, rename = (name: string) => name): Record<string, string> {
  if (typeof map !== 'object' || map === null) return {};
  const entries = Object.entries(map).filter(([, value]) => typeof value === 'string');
  return Object.fromEntries(entries.map(([name, value]) => [rename(name), value]));
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
