import { createHash } from 'node:crypto';

/** The position in a paged list: the next page begins after this sort key of this shard. */
export interface Position {
  shard: number;
  after?: string;
}

/**
 * Encodes a position as an opaque cursor. A checksum binds it to its list, so that a changed cursor, or one of another list,
 * is rejected. The checksum is no signature: any client could compute it, so a cursor's content is validated like other
 * input.
 */
export function toCursor(list: string, position: Position): string {
  const text = `${position.shard}:${position.after ?? ''}`;
  return Buffer.from(`${checksum(list, text)}${text}`).toString('base64url');
}

/** Decodes a cursor of this list; returns undefined for anything else. */
export function fromCursor(list: string, cursor: string): Position | undefined {
  const decoded = Buffer.from(cursor, 'base64url').toString();
  const text = decoded.slice(CHECKSUM_LENGTH);
  if (decoded.slice(0, CHECKSUM_LENGTH) !== checksum(list, text)) return undefined;
  const [, shard, after] = WRITTEN.exec(text) ?? [];
  return shard === undefined ? undefined : { shard: Number(shard), ...(after && { after }) };
}

const CHECKSUM_LENGTH = 12;
/** A shard from 0 to 31, and a sort key in it: the longest sort key is an instant and a name. */
const WRITTEN = /^(\d|[12]\d|3[01]):(.{0,100})$/su;

const checksum = (list: string, text: string) =>
  createHash('sha256')
    .update(JSON.stringify([list, text]))
    .digest('hex')
    .slice(0, CHECKSUM_LENGTH);
