import type { RequestContext } from './context.ts';
import type { Settings } from './settings.ts';

/** Names of members that may hold a secret, at any depth. */
const SECRET = /token|authorization|password|secret|cookie|credential|signature/i;
const JWT = /eyJ[\w-]+\.[\w-]+\.[\w-]*/g;
const BEARER = /bearer\s+\S+/gi;
/**
 * A named secret in a text: `"JoinToken":"…"`, or `x-amz-security-token:…`, which AWS includes in its message about
 * a bad signature.
 */
const NAMED = /((?:token|password|secret|credential)\w*["']?\s*[:=]\s*["']?)[^\s"',;&}]{8,}/gi;
/** A join token has 98 characters of base64; no other logged text has as many without a break. */
const LONG = /[A-Za-z0-9+/]{80,}={0,2}/g;
const MAX_DEPTH = 6;

const notes = new WeakMap<RequestContext, Record<string, unknown>>();

/** Add members to the log line of this request: what a flow decided, never a token. */
export function note(context: RequestContext, members: Record<string, unknown>): void {
  notes.set(context, { ...notes.get(context), ...members });
}

/** The noted members of a request. */
export function notesOf(context: RequestContext | undefined): Record<string, unknown> {
  return (context && notes.get(context)) ?? {};
}

export type Line = { status: number } & Record<string, unknown>;

/** One log line as JSON. A 5xx includes the error; secrets are redacted. */
export function logLine(line: Line, error?: unknown): string {
  const level = line.status >= 500 ? 'error' : 'info';
  const whole = { level, ...line, ...(error === undefined ? {} : { error: described(error) }) };
  return `${JSON.stringify(redact(whole))}\n`;
}

/** Whether the log level includes this line. */
export function isWanted({ status }: Line, logLevel: Settings['logLevel']): boolean {
  return logLevel === 'info' || (logLevel === 'error' && status >= 500);
}

/** A copy without secrets: members by their name, texts by their name or their shape. */
export function redact(value: unknown, depth = MAX_DEPTH): unknown {
  if (typeof value === 'string') return withoutSecrets(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return '[too deep]';
  if (Array.isArray(value)) return value.map((item) => redact(item, depth - 1));
  const entries = Object.entries(value);
  return Object.fromEntries(
    entries.map(([name, held]) => [name, SECRET.test(name) ? '[redacted]' : redact(held, depth - 1)]),
  );
}

const withoutSecrets = (text: string) =>
  text
    .replace(JWT, '[redacted]')
    .replace(BEARER, 'Bearer [redacted]')
    .replace(NAMED, '$1[redacted]')
    .replace(LONG, '[redacted]');

function described(error: unknown, depth = 3): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  return { name, message, stack, ...(cause && depth > 0 ? { cause: described(cause, depth - 1) } : {}) };
}
