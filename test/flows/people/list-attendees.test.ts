import { refusalOf, uniqueMeetingId } from '../../support/people.ts';
import { atOnce, useWorld } from '../support.ts';

const chime = useWorld();
const hostOf = (name: string) => chime.person(name, 'the-host', { role: 'host' });

interface Page {
  attendees: { externalUserId: string }[];
  cursor?: string;
}

async function aHouse(viewers: number) {
  const name = uniqueMeetingId();
  await hostOf(name).seat();
  await atOnce(viewers, (k) => chime.person(name, `viewer-${k}`).seat());
  return name;
}

const pageOf = async (name: string, query: { limit?: number; cursor?: string } = {}) =>
  (await hostOf(name).list(query)).body as Page;

/** All attendees, page by page, as a client reads them. */
async function allParticipants(name: string, limit: number): Promise<string[]> {
  const names: string[] = [];
  let page = await pageOf(name, { limit });
  for (;;) {
    names.push(...page.attendees.map(({ externalUserId }) => externalUserId));
    if (!page.cursor) return names.sort();
    page = await pageOf(name, { limit, cursor: page.cursor });
  }
}

describe('listing attendees refuses', () => {
  it('an unknown name', async () => {
    expect(await refusalOf(hostOf(uniqueMeetingId()).list())).toBe('MEETING_NOT_FOUND');
  });

  it('what is no cursor, and the cursor of another list', async () => {
    const [name, other] = [await aHouse(5), await aHouse(5)];
    const { cursor } = await pageOf(other, { limit: 2 });
    for (const wrong of ['nonsense', '', cursor as string]) {
      const asked = hostOf(name).list({ cursor: wrong });
      await expect(asked).rejects.toMatchObject({ code: 'BAD_REQUEST', field: 'cursor' });
    }
  });
});

describe('listing attendees', () => {
  it('shows the participants, their meetings, and when they joined', async () => {
    const name = uniqueMeetingId();
    await hostOf(name).seat({ mediaRegion: 'ap-northeast-1' });
    await chime.person(name, 'ada').seat({ mediaRegion: 'eu-west-1' });
    const common = { joinedAt: expect.stringMatching(/^\d{4}-.*Z$/), promoted: false, presence: 'expected' };
    const { attendees } = await pageOf(name);
    expect(attendees).toHaveLength(2);
    expect(attendees).toEqual(
      expect.arrayContaining([
        { externalUserId: 'the-host', role: 'host', mediaRegion: 'ap-northeast-1', ...common },
        { externalUserId: 'ada', role: 'viewer', mediaRegion: 'eu-west-1', ordinal: 0, ...common },
      ]),
    );
  });

  it.each([1, 7, 26, 100])('shows every attendee once, with %i to a page', async (limit) => {
    const name = await aHouse(25);
    const all = ['the-host', ...Array.from({ length: 25 }, (_, k) => `viewer-${k}`)].sort();
    expect(await allParticipants(name, limit)).toEqual(all);
  });

  it('leaves out people who left, and shows them again after their return', async () => {
    const name = await aHouse(3);
    await chime.person(name, 'viewer-1').leave();
    expect(await allParticipants(name, 50)).toEqual(['the-host', 'viewer-0', 'viewer-2']);
    await chime.person(name, 'viewer-1').seat();
    expect(await allParticipants(name, 50)).toHaveLength(4);
  });

  it('leaves out people of an earlier epoch', async () => {
    const name = await aHouse(3);
    await hostOf(name).end();
    await hostOf(name).create();
    await hostOf(name).seat();
    expect(await allParticipants(name, 50)).toEqual(['the-host']);
  });

  it('never shows a token', async () => {
    const name = uniqueMeetingId();
    const { Attendee } = await hostOf(name).seat();
    const seat = await chime.person(name, 'ada').seat();
    const told = JSON.stringify((await hostOf(name).list()).body);
    expect(told).not.toContain(Attendee.JoinToken);
    expect(told).not.toContain(seat.Attendee.JoinToken);
    expect(told).not.toMatch(/token/i);
  });
});

describe('listing attendees survives', () => {
  it('others joining between its pages', async () => {
    const name = await aHouse(10);
    const first = await pageOf(name, { limit: 5 });
    await atOnce(10, (k) => chime.person(name, `late-${k}`).seat());
    const rest = await pageOf(name, { limit: 100, cursor: first.cursor as string });
    const names = [...first.attendees, ...rest.attendees].map(({ externalUserId }) => externalUserId);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(Array.from({ length: 10 }, (_, k) => `viewer-${k}`)));
  });
});
