import { refusalOf } from '../support/people.ts';
import { someone } from '../support/stage/people.ts';
import { usageIn, useHall } from './support.ts';

const hall = useHall();
const MINUTE = 60_000;

describe('the usage of a meeting', () => {
  it('counts people, minutes by side and media region, the peak, epochs and replicas', async () => {
    const { name, host } = await hall.open('vic', 'wim');
    const [vic, wim, ada] = [
      await hall.line(name, 'vic'),
      await hall.line(name, 'wim'),
      await hall.line(name, 'the-host'),
    ];
    hall.connect(ada);
    hall.connect(vic);
    hall.pass(2 * MINUTE);
    const peakAt = hall.now();
    hall.connect(wim);
    hall.pass(MINUTE);
    for (const line of [vic, wim]) hall.disconnect(line, 'left');
    hall.pass(MINUTE);
    hall.disconnect(ada, 'left');
    await hall.deliverAll();
    const { body } = await host.usage();
    const minutes = (many: number) => expect.closeTo(many, 0); // the clock also goes on by itself
    expect(body).toMatchObject({
      ...{ people: 3, joins: 3, epochs: 1, replicas: 1, refusals: {} },
      attendeeMinutes: { audience: minutes(4), stage: minutes(4), total: minutes(8), estimated: 0 },
      byMediaRegion: { 'us-east-1': minutes(8) },
      peak: { viewers: 2, at: expect.stringMatching(/Z$/) },
      lives: [{ openedAt: expect.any(String) }],
    });
    expect(Date.parse(usageIn({ status: 200, body }).peak?.at ?? '') - peakAt).toBeLessThan(MINUTE / 2);
    expect(body).not.toHaveProperty('cost'); // the deployment has no price
  });

  it('is empty, and not refused, before a primary was opened', async () => {
    const host = someone((await hall.open()).name, 'the-host', { role: 'host' });
    const name = `unopened-${Date.now()}`;
    const early = someone(name, 'the-host', { role: 'host' });
    await early.create({});
    expect(usageIn(await early.usage())).toMatchObject({ people: 0, joins: 0, epochs: 0, lives: [] });
    expect(usageIn(await host.usage())).toMatchObject({ people: 0, epochs: 1 });
  });

  it('counts refused joins by code, from one a second on', async () => {
    const { name, host } = await hall.open('vic');
    await host.remove('vic', { ban: true });
    const vic = someone(name, 'vic');
    for (let n = 0; n < 3; n++) expect(await refusalOf(vic.join())).toBe('BANNED');
    expect(usageIn(await host.usage()).refusals).toEqual({ BANNED: 1 });
    hall.pass(1000);
    expect(await refusalOf(vic.join())).toBe('BANNED');
    expect(usageIn(await host.usage()).refusals).toEqual({ BANNED: 4 });
  });

  it('counts a second epoch, and lists the lives with the latest first', async () => {
    const { name, host } = await hall.open('vic');
    hall.chime.kill(hall.chime.live(name).find(({ primaryMeetingId }) => primaryMeetingId === null));
    await hall.deliverAll();
    await host.seat();
    expect(usageIn(await host.usage())).toMatchObject({ epochs: 2, replicas: 1 });
    await host.end();
    hall.pass(MINUTE);
    await host.reopen();
    await host.seat();
    const { lives, epochs } = usageIn(await host.usage());
    expect([lives.length, epochs]).toEqual([2, 1]);
    expect(lives[0]).not.toHaveProperty('endedAt');
    expect(Date.parse(lives[1]?.endedAt ?? '')).toBeLessThan(Date.parse(lives[0]?.openedAt ?? ''));
    const earlier = await host.usage({ life: lives[1]?.openedAt ?? '' });
    expect(usageIn(earlier)).toMatchObject({ life: lives[1], epochs: 2 });
  });
});
