import { createHash } from 'node:crypto';

/** Where a list goes on: after this sort key of this shard. */
export interface Position {
  shard: number;
  after?: string;
}

/**
 * A position as callers see it: opaque, and bound to its list by a checksum, so that a cursor that was changed,
 * or taken from another list, is told from a good one. It hides nothing: there is nothing secret in it.
 */
export function toCursor(list: string, position: Position): string {
  const text = JSON.stringify([position.shard, position.after ?? null]);
  return Buffer.from(`${checksum(list, text)}${text}`).toString('base64url');
}

/** The position that a cursor of this list names; undefined for anything else. */
export function fromCursor(list: string, cursor: string): Position | undefined {
  const decoded = Buffer.from(cursor, 'base64url').toString();
  const text = decoded.slice(CHECKSUM_LENGTH);
  if (decoded.slice(0, CHECKSUM_LENGTH) !== checksum(list, text)) return undefined;
  const [shard, after] = JSON.parse(text) as [number, string | null];
  return { shard, ...(after !== null && { after }) };
}

const CHECKSUM_LENGTH = 12;

const checksum = (list: string, text: string) =>
  createHash('sha256')
    .update(JSON.stringify([list, text]))
    .digest('hex')
    .slice(0, CHECKSUM_LENGTH);
