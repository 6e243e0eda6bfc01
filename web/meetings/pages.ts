import type { ListedMeeting, MeetingPage } from '../../client/balcony.ts';

/** The meetings of some pages, and where the next page begins, if there is one. */
export interface Pages {
  meetings: ListedMeeting[];
  cursor?: string;
}

/** Reads this many pages, one after another, or fewer if there are no more. */
export async function readPages(
  read: (from: { cursor?: string }) => Promise<MeetingPage>,
  many: number,
  from: { cursor?: string } = {},
): Promise<Pages> {
  const { meetings, cursor } = await read(from);
  if (cursor === undefined) return { meetings };
  if (many <= 1) return { meetings, cursor };
  const rest = await readPages(read, many - 1, { cursor });
  return { ...rest, meetings: [...meetings, ...rest.meetings] };
}
