import { createMeeting } from '../../../lib/flows/meeting/create.ts';
import { invariantViolations } from '../../races/audit.ts';
import { callOf, refusalOf, uniqueMeetingId } from '../../support/people.ts';
import { namesIn, useWorld } from '../support.ts';

const chime = useWorld();
const presenter = (name: string, user: string) => chime.person(name, user, { role: 'presenter' });
const viewer = (name: string) => chime.person(name, 'vic');
const soundly = async (name: string) => expect(await invariantViolations(chime.world, name)).toEqual([]);

/** Options that our contract accepts and Chime rejects. */
const REFUSED = [{ Key: 'two words', Value: 'x' }];

async function aNameWith(options: object): Promise<string> {
  const externalMeetingId = uniqueMeetingId();
  const body = { maxReplicas: 4, waitForPresenter: true, ...options };
  await createMeeting({ externalMeetingId, body }, callOf('ida', { role: 'host' }));
  return externalMeetingId;
}

describe('a lost response to opening the primary', () => {
  it('delays no presenter: the next request continues at once', async () => {
    const name = uniqueMeetingId();
    chime.strike('CreateMeetingWithAttendees', 'timeout-after', 3);
    expect((await presenter(name, 'ada').join()).status).toBe(202);
    expect((await presenter(name, 'bob').join()).status).toBe(200);
    expect((await presenter(name, 'ada').join()).status).toBe(200);
    expect(namesIn(chime.live(name)[0]).sort()).toEqual(['ada', 'bob']);
    await soundly(name);
  });

  it('does not delay the opener either', async () => {
    const name = uniqueMeetingId();
    chime.strike('CreateMeetingWithAttendees', 'timeout-after', 3);
    await presenter(name, 'ada').join();
    expect((await presenter(name, 'ada').join()).status).toBe(200);
    expect(namesIn(chime.live(name)[0])).toEqual(['ada']);
    await soundly(name);
  });

  it('delays no viewer where it is opened with an empty stage', async () => {
    const name = await aNameWith({ waitForPresenter: false });
    chime.strike('CreateMeeting', 'timeout-after', 3);
    expect((await viewer(name).join()).status).toBe(202);
    expect((await presenter(name, 'ada').join()).status).toBe(200);
    expect(chime.live(name)).toHaveLength(1);
    await soundly(name);
  });
});

describe('options that Chime rejects', () => {
  it.each([true, false])(
    'make a presenter’s join fail with BAD_REQUEST, until a host changes them (waitForPresenter %s)',
    async (waitForPresenter) => {
      const name = await aNameWith({ tags: REFUSED, waitForPresenter });
      expect(await refusalOf(presenter(name, 'ada').join())).toBe('BAD_REQUEST');
      await chime.person(name, 'the-host', { role: 'host' }).create({ waitForPresenter });
      expect((await presenter(name, 'ada').join()).status).toBe(200);
      await soundly(name);
    },
  );

  it('make viewers wait, because viewers cannot change the options', async () => {
    const name = await aNameWith({ tags: REFUSED, waitForPresenter: false });
    expect(await viewer(name).join()).toMatchObject({ status: 202, body: { reason: 'opening' } });
  });
});
