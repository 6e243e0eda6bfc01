import { settings } from '../../../lib/settings.ts';
import { crossedSteps } from '../../support/budget.ts';
import { interleave, prepareCrossing } from '../../support/crossing.ts';
import { refusalOf, uniqueMeetingId } from '../../support/people.ts';
import { attendeeAtChime, killPrimary, onStageAtChime } from '../../support/stage/facts.ts';
import type { PromotionBody } from '../../support/stage/people.ts';
import { useWorld } from '../support.ts';

const chime = useWorld();
beforeAll(() => prepareCrossing());

/** A meeting with a host on stage and a viewer whom the host promoted. */
async function promoted({ options = {}, body = {} } = {}) {
  const name = uniqueMeetingId();
  const host = chime.person(name, 'the-host', { role: 'host' });
  await host.create({ meetingFeatures: { Attendee: { MaxCount: 60 } }, ...options });
  await host.seat();
  const vic = chime.person(name, 'vic');
  await vic.seat();
  await host.promote('vic', body);
  return { name, host, vic };
}

/** The same, after the viewer's page sent its leave request, as on a reload. */
async function reloading(options: Parameters<typeof promoted>[0] = {}) {
  const found = await promoted(options);
  await found.vic.leave();
  return found;
}

const credentialOf = async ({ promotion }: ReturnType<typeof chime.person>) =>
  ((await promotion()).body as PromotionBody).Attendee.AttendeeId;
const onStage = (name: string) => onStageAtChime(chime.world, name);
const capabilitiesOf = (name: string) => attendeeAtChime(chime.world, name, 'vic')?.capabilities;

describe('a promoted viewer who leaves', () => {
  it('is on stage again, with a new credential, by a join within 30 seconds', async () => {
    const { name, vic } = await promoted();
    const before = await credentialOf(vic);
    await vic.leave();
    expect(onStage(name)).toEqual(['the-host']);
    chime.pass(settings().stageReturnMs - 5000);
    expect(await vic.seat()).toMatchObject({ promoted: true, placement: { kind: 'replica' } });
    expect(onStage(name)).toEqual(['the-host', 'vic']);
    expect(await credentialOf(vic)).not.toBe(before);
  });

  it('is only in the seat again by a join more than 30 seconds later', async () => {
    const { name, vic } = await reloading();
    chime.pass(settings().stageReturnMs + 1);
    expect((await vic.seat()).promoted).toBeUndefined();
    expect(onStage(name)).toEqual(['the-host']);
  });

  it('gets no more capabilities by the return than the promotion allowed', async () => {
    const capabilities = { Audio: 'SendReceive', Video: 'Receive', Content: 'None' };
    const { name, vic } = await reloading({ body: { capabilities } });
    await vic.seat();
    expect(capabilitiesOf(name)).toEqual(capabilities);
  });

  it('is still muted after the return', async () => {
    const { name, host, vic } = await promoted();
    await host.muteAll();
    await vic.leave();
    await vic.seat();
    expect(capabilitiesOf(name)?.Audio).toBe('Receive');
  });

  it('is on stage again in a meeting whose default capabilities Chime refuses by name', async () => {
    const options = { meetingFeatures: { Video: { MaxResolution: 'None' }, Attendee: { MaxCount: 60 } } };
    const { name, vic } = await reloading({ options });
    expect((await vic.seat()).promoted).toBe(true);
    expect(onStage(name)).toEqual(['the-host', 'vic']);
  });

  it('stays in the seat once a host demoted them meanwhile, also where the demotion comes first', async () => {
    const { name, host, vic } = await reloading();
    await host.demote('vic');
    expect((await vic.seat()).promoted).toBeUndefined();
    await host.promote('vic');
    await Promise.all([host.demote('vic'), vic.leave()]);
    expect((await vic.seat()).promoted).toBeUndefined();
    expect(onStage(name)).toEqual(['the-host']);
  });

  it('stays in the seat after stepping down before leaving', async () => {
    const { vic } = await promoted();
    await vic.demote('vic');
    await vic.leave();
    expect((await vic.seat()).promoted).toBeUndefined();
  });

  it('is a viewer like any other after a removal, and is refused after a ban', async () => {
    const { host, vic } = await reloading();
    await host.remove('vic');
    expect((await vic.seat()).promoted).toBeUndefined();
    await host.promote('vic');
    await vic.leave();
    await host.remove('vic', { ban: true });
    expect(await refusalOf(vic.join())).toBe('BANNED');
  });

  it('stays in the seat where the next epoch began meanwhile', async () => {
    const { name, vic } = await reloading();
    await killPrimary(chime.world, name);
    await chime.person(name, 'other-host', { role: 'host' }).seat();
    expect((await vic.seat()).promoted).toBeUndefined();
  });

  it('gets the seat where the stage has filled up meanwhile', async () => {
    const options = { meetingFeatures: { Attendee: { MaxCount: 3 } } };
    const { name, vic } = await reloading({ options });
    await chime.person(name, 'pia', { role: 'presenter' }).seat();
    expect((await vic.seat()).promoted).toBeUndefined();
    expect(onStage(name)).toEqual(['pia', 'the-host']);
  });

  it.each(['throttle', 'timeout-after', 'error-500'] as const)(
    'is on stage again once Chime, which failed (%s), can make the attendee, and has one',
    async (fault) => {
      const { name, vic } = await reloading();
      chime.strike('CreateAttendee', fault);
      expect((await vic.seat()).promoted).toBe(true);
      expect(onStage(name)).toEqual(['the-host', 'vic']);
    },
  );

  it('is on stage once by ten joins at the same time', async () => {
    const { name, vic } = await reloading();
    const joins = await Promise.all(Array.from({ length: 10 }, () => vic.seat()));
    expect(joins.map(({ promoted }) => promoted)).toEqual(Array(10).fill(true));
    expect(onStage(name)).toEqual(['the-host', 'vic']);
  });
});

describe('a promoted viewer who reloads the page, so that the leave request and the next join overlap', () => {
  const MOST_REQUESTS = 30;

  /** The leave request stops before its n-th request and goes on when the join has stopped before its m-th. */
  async function reload(at: { n: number; m: number }) {
    const { name, host, vic } = await promoted();
    const { sessionId } = await vic.seat();
    const leave = () => vic.leave({ sessionId });
    const { inner: joined, isPlayed } = await interleave(at, leave, () => vic.seat());
    return { name, host, vic, joined, isPlayed };
  }

  it('is on stage whenever the join says so, and the join says so at every overlap', async () => {
    for (const n of crossedSteps(MOST_REQUESTS)) {
      for (const m of crossedSteps(MOST_REQUESTS)) {
        const { name, host, vic, joined, isPlayed } = await reload({ n, m });
        const promotion = await vic.promotion().catch(({ code }) => ({ status: code }));
        expect([n, m, joined.promoted, promotion.status]).toEqual([n, m, true, 200]);
        expect(onStage(name)).toEqual(['the-host', 'vic']);
        await host.end(); // the account has a limit of meetings
        if (isPlayed) continue;
        if (m === 1) return;
        break;
      }
    }
    throw new Error(`the leave request had not ended after ${MOST_REQUESTS} requests`);
  });
});

describe('a promoted viewer whose page crashes without a leave request', () => {
  it('learns from the answer of the next join that the promotion still holds', async () => {
    const { name, vic } = await promoted();
    expect(await vic.seat()).toMatchObject({ promoted: true });
    expect((await chime.person(name, 'other').seat()).promoted).toBeUndefined();
  });
});
