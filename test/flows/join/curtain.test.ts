import { reconcileMeeting } from '../../reconcile/one-name.ts';
import { refusalOf, uniqueMeetingId } from '../../support/people.ts';
import { killPrimary } from '../../support/stage/facts.ts';
import { useWorld } from '../support.ts';

const chime = useWorld();
/** A container that read the topology keeps it for less than this. */
const CACHED_MS = 1000;
const small = { meetingFeatures: { Attendee: { MaxCount: 20 } } };

/** A meeting with a closed curtain and a host on stage. */
async function rehearsal(options: object = {}) {
  const name = uniqueMeetingId();
  const host = chime.person(name, 'the-host', { role: 'host' });
  await host.create({ admission: 'manual', ...small, ...options });
  await host.seat();
  return { name, host, vic: chime.person(name, 'vic') };
}
const reasonOf = async ({ join }: ReturnType<typeof chime.person>) => {
  const { status, body } = await join();
  return status === 202 ? (body as { reason: string }).reason : status;
};

describe('a meeting whose curtain is closed', () => {
  it('lets presenters on stage, and tells viewers to wait', async () => {
    const { name, vic } = await rehearsal();
    expect((await chime.person(name, 'pia', { role: 'presenter' }).seat()).placement.kind).toBe('primary');
    expect(await reasonOf(vic)).toBe('not-live');
  });

  it('lets no viewer open it, also if no presenter is needed', async () => {
    const name = uniqueMeetingId();
    const host = chime.person(name, 'the-host', { role: 'host' });
    await host.create({ admission: 'manual', waitForPresenter: false });
    expect(await reasonOf(chime.person(name, 'vic'))).toBe('not-live');
    expect(chime.live(name)).toEqual([]);
  });

  it('refuses a banned viewer', async () => {
    const { host, vic } = await rehearsal();
    await host.remove('vic', { ban: true });
    expect(await refusalOf(vic.join())).toBe('BANNED');
  });

  it('has seats minted by the reconciler for the viewers who wait', async () => {
    const startsAt = new Date(chime.now() + 3_600_000).toISOString(); // so they return after 40 s at the earliest
    const { name } = await rehearsal({ startsAt });
    for (let k = 0; k < 3; k++) {
      await chime.person(name, `vic-${k}`).join({ mediaRegion: 'eu-central-1' });
      chime.pass(1000); // so that the container reports the answer before
    }
    await chime.person(name, 'vic-3').join({ mediaRegion: 'eu-central-1' });
    await reconcileMeeting(name, chime.call('reconcile', { role: 'host' }));
    expect(chime.live(name).map(({ mediaRegion }) => mediaRegion)).toContain('eu-central-1');
  });
});

describe('opening the curtain', () => {
  it('lets viewers in, and is idempotent', async () => {
    const { host, vic } = await rehearsal();
    const opened = await host.goLive();
    expect(opened).toEqual({ status: 200, body: { live: true, liveSince: expect.any(String) } });
    chime.pass(5000);
    expect(await host.goLive()).toEqual(opened);
    const { liveSince } = opened.body as { liveSince: string };
    expect((await host.get()).body).toMatchObject({ liveSince });
    expect((await vic.seat()).placement.kind).toBe('replica');
  });

  it('still makes viewers wait for a presenter', async () => {
    const { host, vic } = await rehearsal();
    await host.leave();
    await host.goLive();
    chime.pass(CACHED_MS);
    expect(await reasonOf(vic)).toBe('no-presenter');
  });

  it('holds in the next epoch', async () => {
    const { name, host, vic } = await rehearsal();
    await host.goLive();
    await killPrimary(chime.world, name);
    chime.pass(3000); // a presenter's join asks Chime every two seconds whether the primary lives
    await host.seat();
    expect((await vic.seat()).epoch).toBe(2);
  });

  it('is over with the end of the meeting, also after it is opened again', async () => {
    const { host, vic } = await rehearsal();
    await host.goLive();
    await host.end();
    expect(await refusalOf(host.goLive())).toBe('MEETING_ENDED');
    await host.reopen();
    await host.seat();
    expect(await reasonOf(vic)).toBe('not-live');
  });

  it('is refused for an unknown name', async () => {
    const host = chime.person(uniqueMeetingId(), 'the-host', { role: 'host' });
    expect(await refusalOf(host.goLive())).toBe('MEETING_NOT_FOUND');
    expect(await refusalOf(host.endLive())).toBe('MEETING_NOT_FOUND');
  });
});

describe('closing the curtain', () => {
  it('keeps new viewers out, and those with a seat in, also when they join again', async () => {
    const { name, host, vic } = await rehearsal();
    await host.goLive();
    const seat = await vic.seat();
    expect(await host.endLive()).toEqual({ status: 200, body: { live: false } });
    chime.pass(CACHED_MS);
    expect(await reasonOf(chime.person(name, 'late'))).toBe('not-live');
    expect((await vic.seat()).Attendee).toEqual(seat.Attendee);
    expect(await host.endLive()).toEqual({ status: 200, body: { live: false } });
  });
});
