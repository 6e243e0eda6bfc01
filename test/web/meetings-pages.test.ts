import type { ListedMeeting } from '../../client/balcony.ts';
import { readPages } from '../../web/meetings/pages.ts';

const meeting = (externalMeetingId: string): ListedMeeting => ({
  externalMeetingId,
  status: 'live',
  epoch: 1,
  viewers: 0,
  replicas: 0,
});
/** A list of three pages. */
const read = async ({ cursor = '1' }: { cursor?: string }) => ({
  meetings: [meeting(`event-${cursor}`)],
  ...(cursor !== '3' && { cursor: `${Number(cursor) + 1}` }),
});
const namesOf = async (many: number) => {
  const { meetings, cursor } = await readPages(read, many);
  return { names: meetings.map(({ externalMeetingId }) => externalMeetingId), cursor };
};

describe('the pages of the list of meetings', () => {
  it('are read one after another, as many as are shown', async () => {
    expect(await namesOf(1)).toEqual({ names: ['event-1'], cursor: '2' });
    expect(await namesOf(2)).toEqual({ names: ['event-1', 'event-2'], cursor: '3' });
  });

  it('are fewer where the list has become shorter, and then there is no next one', async () => {
    expect(await namesOf(9)).toEqual({ names: ['event-1', 'event-2', 'event-3'], cursor: undefined });
  });
});
