import type { AttendedAnswer } from '../../lib/contract/answers/ledger.ts';
import type { Fact } from '../../lib/domain/ledger/facts.ts';
import type { Topology } from '../../lib/domain/meeting/topology.ts';
import { addFacts, readAttendance } from '../../lib/store/ledger/attendance.ts';
import { addLifeFacts } from '../../lib/store/ledger/lives.ts';
import { freshTopology } from '../../lib/store/topology/topologies.ts';
import { attendanceFile } from '../../web/meetings/attendance-file.ts';
import { person, refusalOf } from '../support/people.ts';
import { someone } from '../support/stage/people.ts';
import { pageIn, personIn, since, useHall } from './support.ts';

const hall = useHall();
const MINUTE = 60_000;

/** The minutes of a person, in all and on stage. The clock also goes on by itself. */
const minutesOf = ({ seconds = 0, stageSeconds = 0 }: Partial<AttendedAnswer> = {}) =>
  [seconds, stageSeconds].map((each) => Math.round(each / 60));

/** A viewer who has been connected for a minute. */
async function watching(who = 'vic') {
  const { name, host } = await hall.open(who);
  const line = await hall.line(name, who);
  const start = hall.now();
  hall.connect(line);
  hall.pass(MINUTE);
  await hall.deliverAll();
  const seen = async () => since(start, personIn(await host.attendance(), who));
  return { name, host, line, start, seen, viewer: someone(name, who) };
}

describe('the attendance of a person', () => {
  it('is open while the person is connected, and exact once Chime reported the end', async () => {
    const { host, line, seen, start } = await watching();
    expect(await seen()).toEqual(['audience 0-']);
    expect(personIn(await host.attendance(), 'vic')).toMatchObject({
      ...{ externalUserId: 'vic', role: 'viewer', mediaRegion: 'us-east-1', stageSeconds: 0 },
    });
    expect(minutesOf(personIn(await host.attendance(), 'vic'))).toEqual([1, 0]);
    hall.disconnect(line, 'left');
    await hall.deliverAll();
    expect(await seen()).toEqual(['audience 0-1']);
    expect(pageIn(await host.attendance()).life?.openedAt).toMatch(/Z$/);
    expect(Date.parse(pageIn(await host.attendance()).life?.openedAt ?? '')).toBeLessThan(start);
  });

  it('is not listed for a person who only had a seat', async () => {
    const { host } = await hall.open('vic');
    expect(pageIn(await host.attendance()).attendance).toEqual([]);
  });

  it('ends at the request to leave, or when Chime says that the connection ended', async () => {
    const { viewer, line, seen } = await watching();
    await viewer.leave();
    expect(await seen()).toEqual(['audience 0-1?']);
    hall.pass(MINUTE);
    hall.disconnect(line, 'dropped');
    await hall.deliverAll();
    expect(await seen()).toEqual(['audience 0-2']);
  });

  it('ends at a removal, and goes on in another seat', async () => {
    const { name, host, viewer, seen } = await watching();
    await host.remove('vic');
    hall.pass(MINUTE);
    await viewer.seat({ mediaRegion: 'us-east-1' });
    hall.connect(await hall.line(name, 'vic'));
    await hall.deliverAll();
    expect(await seen()).toEqual(['audience 0-1?', 'audience 2-']);
  });

  it('is on both sides during a promotion, and ends on stage at the demotion', async () => {
    const { name, host, seen } = await watching();
    await host.promote('vic');
    hall.connect(await hall.line(name, 'vic', 'promotion'));
    hall.pass(MINUTE);
    await host.demote('vic');
    await hall.deliverAll();
    hall.pass(MINUTE);
    expect(await seen()).toEqual(['audience 0-', 'stage 1-2']);
    expect(minutesOf(personIn(await host.attendance(), 'vic'))).toEqual([3, 1]);
  });

  it('begins with the seat if the event about the join was lost', async () => {
    const { name, host } = await hall.open();
    const start = hall.now();
    await someone(name, 'wim').seat({ mediaRegion: 'us-east-1' });
    const line = await hall.line(name, 'wim');
    hall.pass(MINUTE);
    hall.connect(line);
    hall.takeEvents();
    hall.pass(MINUTE);
    hall.disconnect(line, 'left');
    await hall.deliverAll();
    expect(since(start, personIn(await host.attendance(), 'wim'))).toEqual(['audience 0-2?']);
  });

  it('ends with the epoch, when its primary ended', async () => {
    const { name, seen } = await watching();
    hall.chime.kill(hall.chime.live(name).find(({ primaryMeetingId }) => primaryMeetingId === null));
    hall.pass(MINUTE);
    await hall.deliverAll();
    hall.pass(MINUTE);
    expect(await seen()).toEqual(['audience 0-1?']);
  });

  it('ends with its replica, if that ended alone', async () => {
    const { name, seen } = await watching();
    hall.chime.kill(hall.chime.live(name).find(({ primaryMeetingId }) => primaryMeetingId !== null));
    hall.pass(MINUTE);
    await hall.deliverAll();
    expect(await seen()).toEqual(['audience 0-1?']);
  });

  it('ends with the meeting, and is there afterwards', async () => {
    const { host, seen } = await watching();
    await host.end();
    hall.pass(MINUTE);
    await hall.deliverAll();
    expect(await seen()).toEqual(['audience 0-1?']);
    expect(pageIn(await host.attendance()).life).toMatchObject({ endedAt: expect.any(String) });
  });

  it('of an earlier life is found by when that began, after the name was reopened', async () => {
    const { name, host, seen } = await watching();
    const { life } = pageIn(await host.attendance());
    await host.end();
    hall.pass(MINUTE);
    await host.reopen();
    expect(await seen()).toEqual(['audience 0-1?']); // until the next life has a primary
    await host.seat();
    hall.takeEvents();
    hall.connect(await hall.line(name, 'the-host'));
    await hall.deliverAll();
    expect(pageIn(await host.attendance()).attendance).toMatchObject([{ externalUserId: 'the-host' }]);
    const earlier = await host.attendance({ life: life?.openedAt ?? '' });
    expect(pageIn(earlier).attendance).toMatchObject([{ externalUserId: 'vic' }]);
    expect(await refusalOf(host.attendance({ life: '2020-01-01T00:00:00.000Z' }))).toBe('BAD_REQUEST');
  });

  it('is erased, and what happens later begins a new one without the time before', async () => {
    const { host, line, seen } = await watching();
    hall.disconnect(line, 'dropped');
    await hall.deliverAll();
    hall.connect(line);
    hall.disconnect(line, 'dropped');
    const late = hall.takeEvents();
    hall.pass(MINUTE);
    for (let twice = 0; twice < 2; twice++) expect((await host.eraseAttendance('vic')).status).toBe(204);
    expect(await seen()).toEqual([]);
    await hall.deliver(late);
    hall.pass(MINUTE);
    hall.connect(line);
    hall.takeEvents(); // the join is lost, and the seat was assigned before the erasure
    hall.disconnect(line, 'left');
    await hall.deliverAll();
    expect(await seen()).toEqual([]);
    hall.connect(line);
    await hall.deliverAll();
    expect(await seen()).toEqual(['audience 3-']);
  });

  it('is erased in every life of the name, also in those that are too many to be listed', async () => {
    const { name, host } = await hall.open();
    const topology = (await freshTopology(name, hall.now())) as Topology;
    const life = (n: number) => ({
      ...{ externalMeetingId: name, incarnation: `earlier-${n}` },
      incarnatedAt: topology.incarnatedAt - n * MINUTE,
    });
    const joined: [Fact] = [{ connection: 'a1.0', at: hall.now(), kind: 'J' }];
    const told = { externalUserId: 'vic', role: 'viewer' as const, facts: joined, mediaRegion: undefined };
    for (let n = 1; n <= 110; n++)
      await addLifeFacts(life(n), [{ subject: 'm', at: life(n).incarnatedAt, kind: 'ended' }], hall.now());
    for (const n of [1, 110]) await addFacts(life(n), told, hall.now());
    const attended = async () =>
      (await Promise.all([1, 110].map((n) => readAttendance(life(n), { shard: 0 }, 10)))).map(
        ({ people }) => people.length,
      );
    expect(await attended()).toEqual([1, 1]);
    await host.eraseAttendance('vic');
    expect(await attended()).toEqual([0, 0]);
  });
});

describe('the list of attendance', () => {
  it('is read page by page, and its cursor is of one life of one name', async () => {
    const people = ['ann', 'ben', 'cem', 'dee'];
    const { name, host } = await hall.open(...people);
    for (const who of people) hall.connect(await hall.line(name, who));
    await hall.deliverAll();
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = pageIn(await host.attendance({ limit: 1, ...(cursor && { cursor }) }));
      found.push(...page.attendance.map(({ externalUserId }) => externalUserId));
      cursor = page.cursor;
    } while (cursor);
    expect(found.toSorted()).toEqual(people);
    const first = pageIn(await host.attendance({ limit: 1 })).cursor as string;
    const other = await hall.open('eve');
    expect(await refusalOf(other.host.attendance({ cursor: first }))).toBe('BAD_REQUEST');
  });

  it('is CSV for a request that asks for it, with column names on the first page only', async () => {
    const { name } = await hall.open('=1+1', 'a,b');
    for (const who of ['=1+1', 'a,b']) hall.connect(await hall.line(name, who));
    hall.pass(MINUTE);
    await hall.deliverAll();
    const unchecked = person(name, 'the-host', { role: 'host' }); // the contract describes JSON
    const first = await unchecked.attendance({ limit: 1 }, 'text/csv');
    const { cursor = '' } = first.nextPage ?? {};
    const second = await unchecked.attendance({ limit: 1, cursor }, 'text/csv');
    const columns = 'externalUserId,role,mediaRegion,on,from,to,estimated,seconds,stageSeconds\r\n';
    const rest = ',viewer,us-east-1,audience,T,,false,S,0\r\n';
    expect(first.csv?.startsWith(columns)).toBe(true);
    const lines = [first.csv?.slice(columns.length), second.csv].map((line) =>
      line?.replace(/\d{4}-[\d:.T-]+Z/, 'T').replace(/false,6\d,/, 'false,S,'),
    );
    expect(lines.toSorted()).toEqual([`"a,b"${rest}`, `'=1+1${rest}`]);
    expect(first.body).toBeUndefined();
    const pages = async (from: object) => pageIn(await unchecked.attendance({ limit: 1, ...from }));
    const file = await attendanceFile(pages, () => {}, new AbortController().signal); // as the page of hosts makes it
    const untimed = (csv: string) => csv.replaceAll(/false,6\d,/g, 'false,S,');
    expect(untimed(file)).toBe(untimed(`${first.csv}${second.csv}`));
  });
});
