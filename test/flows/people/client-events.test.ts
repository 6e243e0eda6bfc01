import type { RegionFares } from '../../../lib/domain/client-events/counters.ts';
import { writeMetrics } from '../../../lib/metrics.ts';
import { readSettings } from '../../../lib/settings.ts';
import { readParticipant } from '../../../lib/store/participant/participants.ts';
import { table } from '../../../lib/store/table.ts';
import { refusalOf, uniqueMeetingId } from '../../support/people.ts';
import { commandsIn } from '../commands.ts';
import { useWorld } from '../support.ts';

const chime = useWorld();
const TALLY_MS = 1001;

type Person = ReturnType<typeof chime.person>;
type Seated = Awaited<ReturnType<Person['seat']>> & { person: Person };

/** A host on stage in Frankfurt, and viewers in Ireland, each with the session of their join. */
async function aHall(...viewers: string[]) {
  const name = uniqueMeetingId();
  const host = chime.person(name, 'the-host', { role: 'host' });
  await host.create({ mediaRegion: 'eu-central-1' });
  const { sessionId } = await host.seat();
  const seated: Seated[] = [];
  for (const viewer of viewers) {
    const person = chime.person(name, viewer);
    seated.push({ person, ...(await person.seat({ mediaRegion: 'eu-west-1' })) });
  }
  return { name, host, sessionId, seated: seated as [Seated, Seated] };
}

const faresSeenBy = async (person: Person) => {
  const { body } = await person.get({ clientEvents: true });
  return (body as { clientEvents?: RegionFares[] }).clientEvents;
};

/** The lines of the metrics that were measured since the last call, without their directives. */
function measured() {
  const lines: Record<string, unknown>[] = [];
  writeMetrics({
    now: () => 0,
    settings: () => readSettings({ STAGE: 'test' }),
    write: (line) => void lines.push(JSON.parse(line)),
  });
  return lines.map(({ _aws, stage, ...members }) => members);
}

describe('a report of client events is refused to', () => {
  it('a person who never joined, and to everybody under an unknown name', async () => {
    const { name } = await aHall();
    expect(await refusalOf(chime.person(name, 'eve').report('any', { drops: 1 }))).toBe('NOT_JOINED');
    const unknown = chime.person(uniqueMeetingId(), 'eve');
    expect(await refusalOf(unknown.report('any', { drops: 1 }))).toBe('NOT_JOINED');
  });

  it('a person who sends the session of another person, or of an earlier join', async () => {
    const { host, seated } = await aHall('vic', 'val');
    const [vic, val] = seated;
    expect(await refusalOf(vic.person.report(val.sessionId, { drops: 1 }))).toBe('NOT_JOINED');
    await vic.person.seat();
    expect(await refusalOf(vic.person.report(vic.sessionId, { drops: 1 }))).toBe('NOT_JOINED');
    expect(await faresSeenBy(host)).toEqual([]);
  });
});

describe('a report of client events', () => {
  it('counts under the media region of the seat, and of the primary for a person on stage', async () => {
    const { host, sessionId, seated } = await aHall('vic', 'val');
    for (const [at, { person, ...joined }] of seated.entries()) {
      chime.pass(TALLY_MS);
      await person.report(joined.sessionId, { timeToFirstAudioMs: 400 + 1000 * at }, { reconnects: 2 });
    }
    chime.pass(TALLY_MS);
    await host.report(sessionId, { failure: 'TaskFailed', drops: 1 });
    expect(await faresSeenBy(host)).toEqual([
      {
        ...{ mediaRegion: 'eu-west-1', reports: 2, reconnects: 4, drops: 0, failures: 0 },
        timeToFirstAudioMs: { p50: 500, p95: 1500 },
      },
      { mediaRegion: 'eu-central-1', reports: 1, reconnects: 0, drops: 1, failures: 1 },
    ]);
  });

  it('is accepted after the leave, and after the end of the meeting', async () => {
    const { host, seated } = await aHall('vic', 'val');
    await seated[0].person.leave();
    expect((await seated[0].person.report(seated[0].sessionId, { drops: 1 })).status).toBe(204);
    await host.end();
    chime.pass(TALLY_MS);
    await seated[1].person.report(seated[1].sessionId, { drops: 1 });
    expect(await faresSeenBy(host)).toMatchObject([{ mediaRegion: 'eu-west-1', drops: 2 }]);
  });

  it('is measured by media region and kind of placement, and a failure also by its code', async () => {
    const { seated } = await aHall('vic');
    measured();
    const times = { timeToFirstAudioMs: 700, timeToFirstVideoMs: 1900 };
    await seated[0].person.report(seated[0].sessionId, times, { failure: 'TaskFailed' });
    const where = { mediaRegion: 'eu-west-1', placement: 'replica' };
    expect(measured()).toEqual([
      { ...where, ClientReports: 1 },
      { TimeToFirstAudioMs: 700 },
      { ...where, TimeToFirstAudioMs: 700 },
      { TimeToFirstVideoMs: 1900 },
      { ...where, TimeToFirstVideoMs: 1900 },
      { ClientFailures: 1 },
      { ...where, ClientFailures: 1 },
      { code: 'TaskFailed', ClientFailures: 1 },
    ]);
  });

  it('costs one read, and after the first ten about one write a second, however many clients report', async () => {
    const { host, seated } = await aHall('ann', 'ben', 'cleo', 'dan', 'eve');
    const reportAll = async () => {
      for (const { person, sessionId } of seated) await person.report(sessionId, { drops: 1 });
    };
    const reads = Array.from({ length: seated.length }, () => 'GetItemCommand');
    const writes = Array.from({ length: seated.length }, () => 'UpdateItemCommand');
    for (let round = 0; round < 2; round++)
      expect((await commandsIn(reportAll)).sort()).toEqual([...reads, ...writes]);
    expect((await commandsIn(reportAll)).sort()).toEqual(reads);
    expect(await faresSeenBy(host)).toMatchObject([{ reports: 10, drops: 10 }]); // the last five wait in the container
    chime.pass(TALLY_MS);
    expect((await commandsIn(reportAll)).sort()).toEqual([...reads, 'UpdateItemCommand']);
    expect(await faresSeenBy(host)).toMatchObject([{ reports: 16, drops: 16 }]);
  });

  it('is forgotten by the map after five minutes', async () => {
    const { host, seated } = await aHall('vic');
    await seated[0].person.report(seated[0].sessionId, { drops: 1 });
    expect(await faresSeenBy(host)).toHaveLength(1);
    chime.pass(5 * 60_000);
    expect(await faresSeenBy(host)).toEqual([]);
  });

  it('is answered although the table refuses to count it', async () => {
    const { host, seated } = await aHall('vic');
    const fail = (next: (request: never) => Promise<never>) => (request: { input: object }) => {
      if (JSON.stringify(request.input).includes('CLIENTEVENTS#')) throw new Error('throttled');
      return next(request as never);
    };
    table().middlewareStack.add(fail as never, { step: 'initialize', name: 'fail' });
    const answer = await seated[0].person.report(seated[0].sessionId, { drops: 1 });
    table().middlewareStack.remove('fail');
    expect([answer.status, await faresSeenBy(host)]).toEqual([204, []]);
  });

  it('is no evidence of presence, because it may come after the leave', async () => {
    const { name, seated } = await aHall('vic');
    const before = await readParticipant(name, 'vic');
    chime.pass(60_000);
    await seated[0].person.report(seated[0].sessionId, { drops: 1 });
    expect(await readParticipant(name, 'vic')).toEqual(before);
  });
});

describe('how the audience fares', () => {
  it('is shown to hosts and presenters who ask for it, and to no viewer', async () => {
    const { name, host, seated } = await aHall('vic');
    await seated[0].person.report(seated[0].sessionId, { drops: 1 });
    const pia = chime.person(name, 'pia', { role: 'presenter' });
    expect(await faresSeenBy(pia)).toEqual(await faresSeenBy(host));
    expect((await host.get()).body).not.toHaveProperty('clientEvents');
    expect((await seated[0].person.get({ clientEvents: true })).body).not.toHaveProperty('clientEvents');
  });
});

describe('the answer of a join', () => {
  it('says how much and how often to report, as the host decides', async () => {
    const { name, host, seated } = await aHall('vic');
    expect(seated[0]).toMatchObject({ clientEvents: { sample: 1, everyMs: 30_000 } });
    await host.create({ mediaRegion: 'eu-central-1', clientEventsSample: 0.25 });
    chime.pass(TALLY_MS); // the cached topology
    const joined = await chime.person(name, 'val').seat();
    expect(joined).toMatchObject({ clientEvents: { sample: 0.25 } });
  });
});
