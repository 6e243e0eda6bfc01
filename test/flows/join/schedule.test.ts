import { refusalOf, uniqueMeetingId } from '../../support/people.ts';
import { useWorld } from '../support.ts';

const chime = useWorld();
const HOUR_MS = 3_600_000;
const at = (ms: number) => new Date(ms).toISOString();

/** A meeting that starts in this time, and a viewer. */
async function scheduled(inMs: number, options: object = {}) {
  const name = uniqueMeetingId();
  const host = chime.person(name, 'the-host', { role: 'host' });
  const startsAt = at(chime.now() + inMs);
  await host.create({ startsAt, ...options });
  return { name, host, startsAt, vic: chime.person(name, 'vic') };
}

describe('a viewer who joins before the start', () => {
  it('is told when the event starts, and to return at the latest within a minute', async () => {
    const { vic, startsAt } = await scheduled(HOUR_MS);
    const { status, body, retryAfterMs } = await vic.join();
    expect({ status, body }).toMatchObject({ status: 202, body: { reason: 'not-started', startsAt } });
    expect(retryAfterMs).toBeLessThanOrEqual(60_000);
    expect(retryAfterMs).toBeGreaterThan(30_000);
  });

  it('waits also while a host is on stage, and is let in at the start', async () => {
    const { host, vic } = await scheduled(HOUR_MS);
    expect((await host.seat()).placement.kind).toBe('primary');
    expect((await vic.join()).body).toMatchObject({ reason: 'not-started' });
    chime.pass(HOUR_MS);
    expect((await vic.seat()).placement.kind).toBe('replica');
  });

  it('opens no meeting, also if no presenter is needed', async () => {
    const { name, vic } = await scheduled(HOUR_MS, { waitForPresenter: false });
    expect((await vic.join()).status).toBe(202);
    expect(chime.live(name)).toEqual([]);
  });

  it('learns of a changed start, and is let in once it is removed', async () => {
    const { host, vic } = await scheduled(HOUR_MS);
    await vic.join();
    const startsAt = at(chime.now() + 2 * HOUR_MS);
    await host.create({ startsAt });
    chime.pass(1000);
    expect((await vic.join()).body).toMatchObject({ startsAt });
    await host.create({});
    await host.seat();
    chime.pass(1000);
    expect((await vic.seat()).placement.kind).toBe('replica');
  });
});

describe('the start of an event', () => {
  it('is taken with an offset, and shown to viewers in UTC', async () => {
    const name = uniqueMeetingId();
    const host = chime.person(name, 'the-host', { role: 'host' });
    const startMs = chime.now() + HOUR_MS;
    const local = at(startMs + 2 * HOUR_MS).replace('Z', '+02:00');
    await host.create({ startsAt: local });
    expect((await chime.person(name, 'vic').join()).body).toMatchObject({
      startsAt: at(startMs),
    });
    expect((await host.get()).body).toMatchObject({ options: { startsAt: local } });
  });

  it.each([
    ['the past', -120_000],
    ['more than a year ahead', 400 * 24 * HOUR_MS],
  ])('is refused by name in %s', async (_, inMs) => {
    const host = chime.person(uniqueMeetingId(), 'the-host', { role: 'host' });
    const refused = host.create({ startsAt: at(chime.now() + inMs) });
    await expect(refused).rejects.toMatchObject({ code: 'BAD_REQUEST', field: 'startsAt' });
  });

  it('may be repeated after it has passed, but not moved within the past', async () => {
    const { host, startsAt } = await scheduled(HOUR_MS);
    chime.pass(2 * HOUR_MS);
    expect((await host.create({ startsAt })).status).toBe(200);
    expect(await refusalOf(host.create({ startsAt: at(chime.now() - HOUR_MS) }))).toBe('BAD_REQUEST');
  });
});
