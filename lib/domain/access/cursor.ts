import { createHash } from 'node:crypto';

/** Where a list goes on: after this sort key of this shard. */
export interface Position {
  shard: number;
  after?: string;
}

/**
 * A position as callers see it: opaque, and bound to its list by a checksum, so that a cursor that was changed,
 * or taken from another list, is told from a good one. Anybody could compute it: whatever a cursor says is checked as
 * input is.
 */
export function toCursor(list: string, position: Position): string {
  const text = `${position.shard}:${position.after ?? ''}`;
  return Buffer.from(`${checksum(list, text)}${text}`).toString('base64url');
}

/** The position that a cursor of this list names; undefined for anything else. */
export function fromCursor(list: string, cursor: string): Position | undefined {
  const decoded = Buffer.from(cursor, 'base64url').toString();
  const text = decoded.slice(CHECKSUM_LENGTH);
  if (decoded.slice(0, CHECKSUM_LENGTH) !== checksum(list, text)) return undefined;
  const [, shard, after] = WRITTEN.exec(text) ?? [];
  return shard === undefined ? undefined : { shard: Number(shard), ...(after && { after }) };
}

const CHECKSUM_LENGTH = 12;
/** A shard from 0 to 15, and where in it: the longest sort key is an instant and a name. */
const WRITTEN = /^(\d|1[0-5]):(.{0,100})$/su;

const checksum = (list: string, text: string) =>
  createHash('sha256')
    .update(JSON.stringify([list, text]))
    .digest('hex')
    .slice(0, CHECKSUM_LENGTH);
