import { createMeeting } from '../../../lib/flows/meeting/create.ts';
import { useSweptWorld } from '../../reconcile/support.ts';
import { callOf, refusalOf, uniqueMeetingId } from '../../support/people.ts';
import { LEASE_IS_OVER_MS, namesIn } from '../support.ts';

const TAGS = { tags: [{ Key: 'show', Value: 'two' }] };

const world = useSweptWorld();
const { chime } = world;
const presenter = (name: string, user: string) => world.person(name, user, { role: 'presenter' });

/** Chime rejects a known token with another body, and the first response to opening a primary is lost. */
async function opensUnheard(options: object = {}): Promise<string> {
  chime.chimeWill({ tokenMismatch: 'error' });
  const name = uniqueMeetingId();
  await world.host(name).create(options);
  const isAttended = !('waitForPresenter' in options);
  chime.strike(isAttended ? 'CreateMeetingWithAttendees' : 'CreateMeeting', 'timeout-after', 3);
  await (isAttended ? presenter(name, 'ada').join() : world.person(name, 'vera').join());
  expect(chime.live(name)).toHaveLength(1);
  return name;
}

describe('where Chime rejects a known request token with another body', () => {
  it('another presenter opens the same primary after a lost answer', async () => {
    const name = await opensUnheard();
    const { Meeting } = await world.persist(presenter(name, 'bob').join);
    expect(chime.live(name).map(({ meetingId }) => meetingId)).toEqual([Meeting.MeetingId]);
    expect(namesIn(chime.live(name)[0])).toEqual(['bob']);
  });

  it('the same presenter opens it with other capabilities', async () => {
    const name = await opensUnheard();
    const capabilities = { Audio: 'Receive', Video: 'Receive', Content: 'Receive' };
    expect(await world.persist(() => presenter(name, 'ada').join({ capabilities }))).toMatchObject({
      epoch: 1,
    });
  });

  it('the primary opens although the host has changed the options since', async () => {
    const name = await opensUnheard();
    await world.host(name).create(TAGS);
    expect(await world.persist(presenter(name, 'ada').join)).toMatchObject({ epoch: 1 });
  });

  it('the name is ended and opened again', async () => {
    const name = await opensUnheard();
    await world.host(name).create(TAGS);
    expect((await world.host(name).end()).status).toBe(204);
    expect((await world.host(name).create()).status).toBe(200);
    await world.persist(presenter(name, 'ada').join);
    await world.reconcileLater();
    expect(chime.live(name)).toHaveLength(1);
  });

  it.each([
    ['with a presenter', {}],
    ['unattended', { waitForPresenter: false }],
  ])('the reconciler deletes what was opened %s, for any first request', async (_, options) => {
    const name = await opensUnheard(options);
    await world.host(name).create({ ...options, ...TAGS });
    await world.reconcileLater(LEASE_IS_OVER_MS);
    expect(chime.live(name)).toHaveLength(0);
    expect(world.failed.map(([who]) => who)).not.toContain(name);
  });
});

/** Tags that our contract accepts and Chime rejects. */
async function optionsThatChimeRefuses(externalMeetingId: string): Promise<void> {
  const tags = [{ Key: 'two words', Value: 'x' }];
  const body = { maxReplicas: 4, waitForPresenter: true, tags };
  await createMeeting({ externalMeetingId, body }, callOf('the-host', { role: 'host' }));
}

describe('a first request that Chime always rejects', () => {
  it('lets the next epoch begin with a request of its own', async () => {
    chime.chimeWill({ tokenMismatch: 'original' });
    const name = uniqueMeetingId();
    await optionsThatChimeRefuses(name);
    expect(await refusalOf(presenter(name, 'ada').join())).toBe('BAD_REQUEST');
    await world.host(name).create(TAGS);
    expect(await world.persist(presenter(name, 'ada').join)).toMatchObject({ status: 'joined' });
  });

  it('lets the next epoch begin also where the first answer was lost', async () => {
    chime.chimeWill({ tokenMismatch: 'original' });
    const name = uniqueMeetingId();
    await optionsThatChimeRefuses(name);
    chime.strike('CreateMeetingWithAttendees', 'timeout-before', 3);
    expect((await presenter(name, 'ada').join()).status).toBe(202);
    await world.host(name).create(TAGS);
    expect(await world.persist(presenter(name, 'ada').join)).toMatchObject({ epoch: 2 });
  });
});
