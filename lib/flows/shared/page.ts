import { fromCursor, type Position, toCursor } from '../../domain/access/cursor.ts';
import { Refusal } from '../../refusals.ts';
import type { ListName } from '../../store/keys.ts';
import { type Listed, readList } from '../../store/participant/lists.ts';

/** The start position of a page. Refuses a cursor of another list. */
export function startOf(list: string, cursor: string | undefined): Position {
  const position = cursor === undefined ? { shard: 0 } : fromCursor(list, cursor);
  if (!position)
    throw new Refusal('BAD_REQUEST', { field: 'cursor', detail: 'is not a cursor of this list' });
  return position;
}

/** One page of hands or bans, and the cursor of the next one. */
export async function pageOf(
  list: ListName,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<{ listed: Listed[]; next: { cursor?: string } }> {
  const name = JSON.stringify(list);
  const { after } = startOf(name, cursor);
  const { listed, next } = await readList(list, { after, limit });
  return { listed, next: next === undefined ? {} : { cursor: toCursor(name, { shard: 0, after: next }) } };
}
