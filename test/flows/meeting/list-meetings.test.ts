import type { MeetingPage } from '../../../client/balcony.ts';
import { table } from '../../../lib/store/table.ts';
import { refusalOf, uniqueMeetingId } from '../../support/people.ts';
import { useWorld } from '../support.ts';

const chime = useWorld();
const hostOf = (name: string) => chime.person(name, 'the-host', { role: 'host' });
const SMALL = { meetingFeatures: { Attendee: { MaxCount: 20 } } };

async function page(query: Parameters<ReturnType<typeof hostOf>['listMeetings']>[0]): Promise<MeetingPage> {
  return (await hostOf('any').listMeetings(query)).body as MeetingPage;
}

/** The row of a name in the list of a status, page by page; undefined if the list has none. */
async function rowOf(name: string, status: string) {
  for (let cursor: string | undefined; ; ) {
    const { meetings, ...next }: MeetingPage = await page({ status, limit: 100, ...(cursor && { cursor }) });
    const row = meetings.find(({ externalMeetingId }) => externalMeetingId === name);
    if (row || next.cursor === undefined) return row;
    cursor = next.cursor;
  }
}

describe('listing meetings refuses', () => {
  it('a cursor of the list of another status', async () => {
    for (let k = 0; k < 2; k++) await hostOf(uniqueMeetingId()).create();
    const { cursor } = await page({ status: 'scheduled', limit: 1 });
    expect(cursor).toBeDefined();
    await expect(page({ status: 'ended', cursor: cursor as string })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      field: 'cursor',
    });
    expect(await refusalOf(page({ cursor: 'nonsense' }))).toBe('BAD_REQUEST');
  });
});

describe('listing meetings', () => {
  it('returns name, start, epoch, and counts of viewers and replicas', async () => {
    const name = uniqueMeetingId();
    const host = hostOf(name);
    const startsAt = new Date(chime.now() + 3_600_000).toISOString();
    await host.create({ ...SMALL, admission: 'manual', startsAt });
    expect(await rowOf(name, 'scheduled')).toEqual({
      ...{ externalMeetingId: name, status: 'scheduled', epoch: 1, startsAt, viewers: 0, replicas: 0 },
    });
    await host.create({ ...SMALL, admission: 'manual' });
    await host.seat();
    const { liveSince } = (await host.goLive()).body as { liveSince: string };
    for (const who of ['vic', 'val']) await chime.person(name, who).seat({ mediaRegion: 'us-east-1' });
    expect(await rowOf(name, 'live')).toEqual({
      ...{ externalMeetingId: name, status: 'live', epoch: 1, liveSince, viewers: 2, replicas: 1 },
    });
    await host.end();
    expect(await rowOf(name, 'ended')).toMatchObject({ status: 'ended', viewers: 0, replicas: 0 });
    expect(await rowOf(name, 'live')).toBeUndefined();
  });

  it('returns the live meetings where no status is asked for', async () => {
    const name = uniqueMeetingId();
    await hostOf(name).seat();
    expect((await page({ limit: 100 })).meetings.every(({ status }) => status === 'live')).toBe(true);
  });

  it('writes the start of a meeting in UTC', async () => {
    const name = uniqueMeetingId();
    const hour = new Date(Math.ceil(chime.now() / 3_600_000 + 2) * 3_600_000).toISOString();
    await hostOf(name).create({ startsAt: hour.replace('.000Z', '-00:00') });
    expect(await rowOf(name, 'scheduled')).toMatchObject({ startsAt: hour });
  });

  it('costs ten requests to DynamoDB for a page of any status, however many names there are', async () => {
    let requests = 0;
    const count = (send: (request: never) => Promise<never>) => (request: never) => {
      requests++;
      return send(request);
    };
    table().middlewareStack.add(count as never, { step: 'deserialize', name: 'count' });
    for (let k = 0; k < 120; k++) await hostOf(uniqueMeetingId()).create();
    requests = 0;
    expect((await page({ status: 'scheduled', limit: 100 })).meetings).toHaveLength(100);
    table().middlewareStack.remove('count');
    expect(requests).toBeLessThanOrEqual(10);
  });
});
