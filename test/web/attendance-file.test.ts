import type { Attended } from '../../client/balcony.ts';
import { attendanceFile, fileNameOf, progressWords } from '../../web/meetings/attendance-file.ts';

const NOON = { from: 'noon', on: 'audience' } as const;
const person = (externalUserId: string): Attended => ({
  externalUserId,
  role: 'viewer',
  intervals: [NOON],
  seconds: 60,
  stageSeconds: 0,
});
/** A list of three pages, of which the second one is empty. */
const PAGES: Readonly<Record<string, Attended[]>> = {
  '1': [person('ada'), person('=1+1')],
  '2': [],
  '3': [{ ...person('a,b'), intervals: [NOON, NOON] }],
};
const read = async ({ cursor = '1' }: { cursor?: string }) => ({
  attendance: PAGES[cursor] ?? [],
  ...(cursor !== '3' && { cursor: `${Number(cursor) + 1}` }),
});

describe('the file of attendance', () => {
  it('has all pages below one line of column names, a person’s seconds once, and tells its progress after each page', async () => {
    const told: number[] = [];
    const csv = await attendanceFile(read, (people) => told.push(people), new AbortController().signal);
    expect(csv.split('\r\n')).toEqual([
      'externalUserId,role,mediaRegion,on,from,to,estimated,seconds,stageSeconds',
      'ada,viewer,,audience,noon,,false,60,0',
      "'=1+1,viewer,,audience,noon,,false,60,0",
      '"a,b",viewer,,audience,noon,,false,60,0',
      '"a,b",viewer,,audience,noon,,false,,', // so that the seconds of a file can be added up
      '',
    ]);
    expect(told).toEqual([2, 2, 3]);
  });

  it.each([[[2]], [[2, 2, 3]]])(
    'is no file, and is not read any further, once it is aborted after %j people',
    async (counts) => {
      const [told, ended] = [[] as number[], new AbortController()];
      const tell = (people: number) => {
        told.push(people);
        if (told.length === counts.length) ended.abort();
      };
      await expect(attendanceFile(read, tell, ended.signal)).rejects.toThrow('abort');
      expect(told).toEqual(counts);
    },
  );

  it.each([
    ['All hands / 2030', '2030-05-01T16:30:00.000Z', 'attendance-All-hands-2030-2030-05-01.csv'],
    ['café', '', 'attendance-café.csv'],
    ['#:', '2030-05-01T16:30:00.000Z', 'attendance-2030-05-01.csv'],
  ])('of %s has a name for any file system', (meeting, openedAt, name) => {
    expect(fileNameOf(meeting, openedAt)).toBe(name);
  });

  it('tells how many people of how many are read, also if more came meanwhile', () => {
    expect(progressWords(1000, 4123)).toBe('1,000 of 4,123 people');
    expect(progressWords(5000, 4123)).toBe('5,000 of 5,000 people');
  });
});
