import { markEnded } from '../../lib/store/topology/epochs.ts';
import { LEASE_IS_OVER_MS } from '../flows/support.ts';
import { crossAt, prepareCrossing } from '../support/crossing.ts';
import { aGate } from '../support/gate.ts';
import { refusalOf, uniqueMeetingId } from '../support/people.ts';
import { ONE_REGION, useSweptWorld } from './support.ts';

const world = useSweptWorld();
const { chime } = world;
beforeAll(prepareCrossing);

const ada = (name: string, options = {}) => world.person(name, 'ada', { role: 'presenter', ...options });

/** A presenter's request claimed the primary and Chime opened it, but the request never got the response. */
async function withClaimedPrimary(unattended: boolean) {
  const name = uniqueMeetingId();
  await world.host(name).create({ waitForPresenter: !unattended });
  chime.strike(unattended ? 'CreateMeeting' : 'CreateMeetingWithAttendees', 'timeout-after', 3);
  const first = unattended ? world.person(name, 'vera') : ada(name);
  expect((await first.join()).status).toBe(202);
  expect(chime.live(name)).toHaveLength(1);
  return name;
}

describe('the claim on a replica whose opener died', () => {
  it('is finished by the reconciler: the replica is open and minted whole', async () => {
    const { name } = await world.house(0);
    chime.strike('CreateMeeting', 'timeout-after', 3);
    expect((await world.person(name, 'vera').join(ONE_REGION)).status).toBe(202);
    await world.reconcileLater();
    expect((await world.topologyOf(name)).replicas).toMatchObject([{ state: 'open', capacity: 10 }]);
    expect(await world.wrongWith(name)).toEqual([]);
    expect((await world.person(name, 'vera').join(ONE_REGION)).status).toBe(200);
  });
});

describe.each([
  ['with a presenter', false],
  ['unattended', true],
] as const)('the claim on a primary that was being opened %s', (_, unattended) => {
  it('is left alone while its lease runs, and undone afterwards: no meeting lives at Chime', async () => {
    const name = await withClaimedPrimary(unattended);
    await world.reconcileNow();
    expect(chime.live(name)).toHaveLength(1);
    await world.reconcileLater(LEASE_IS_OVER_MS);
    expect(chime.live(name)).toEqual([]);
    expect(await world.topologyOf(name)).toMatchObject({ status: 'scheduled', epoch: 2 });
    expect((await world.topologyOf(name)).primary).toBeUndefined();
  });

  it('is undone for the next request, whose epoch opens as if there had been no claim', async () => {
    const name = await withClaimedPrimary(unattended);
    await world.reconcileLater(LEASE_IS_OVER_MS);
    expect(await world.persist(ada(name).join)).toMatchObject({ epoch: 2 });
    expect(await world.wrongWith(name)).toEqual([]);
  });

  it.each(['ended-meeting', 'new-meeting'] as const)(
    'is cleared where the name was ended meanwhile, whether a used token hands back an %s or not',
    async (tokenAfterEnd) => {
      chime.chimeWill({ tokenAfterEnd });
      const name = await withClaimedPrimary(unattended);
      await markEnded(name, world.now());
      await world.reconcileNow();
      expect(chime.live(name)).toEqual([]);
      expect((await world.topologyOf(name)).primary).toBeUndefined();
    },
  );
});

describe('an end whose process died after the meeting was marked as ended', () => {
  it('is finished: no Chime meeting lives, no leftover is recorded, and the name is not due', async () => {
    const { name } = await world.house(2);
    await markEnded(name, world.now());
    expect(chime.live(name)).toHaveLength(2);
    await world.reconcileNow();
    expect(chime.live(name)).toEqual([]);
    expect(await world.topologyOf(name)).toMatchObject({ status: 'ended', replicas: [] });
    const callsBefore = chime.callsOf('DeleteMeeting');
    await world.reconcileLater();
    expect(chime.callsOf('DeleteMeeting')).toBe(callsBefore);
  });

  it('is retried where Chime rejects it, until it succeeds', async () => {
    const { name } = await world.house(0);
    await markEnded(name, world.now());
    chime.strike('DeleteMeeting', 'error-500', 3);
    await world.reconcileNow();
    expect(world.failed.map(([who]) => who)).toContain(name);
    expect(chime.live(name)).toHaveLength(1);
    await world.reconcileLater(91_000);
    expect(chime.live(name)).toEqual([]);
  });
});

describe.each(['ended-meeting', 'new-meeting'] as const)(
  'a process that froze before it opened, where a used token gives %s',
  (tokenAfterEnd) => {
    it('opens nothing when it comes back to a name that was ended and reconciled', async () => {
      chime.chimeWill({ tokenAfterEnd });
      const name = uniqueMeetingId();
      const gate = aGate();
      const frozen = ada(name, { pause: gate.pause }).join();
      await gate.reached;
      await markEnded(name, world.now());
      await world.reconcileLater(LEASE_IS_OVER_MS);
      gate.open();
      expect(await refusalOf(frozen)).toBe('MEETING_ENDED');
      expect(chime.live(name)).toEqual([]);
    });

    it('leaves one primary when it comes back to a name whose claim was undone', async () => {
      chime.chimeWill({ tokenAfterEnd });
      const name = uniqueMeetingId();
      const gate = aGate();
      const frozen = ada(name, { pause: gate.pause }).join();
      await gate.reached;
      await world.reconcileLater(LEASE_IS_OVER_MS);
      gate.open();
      await frozen;
      await world.persist(ada(name).join);
      expect(chime.live(name)).toHaveLength(1);
      expect(await world.wrongWith(name)).toEqual([]);
    });
  },
);

describe('a presenter who comes back while the reconciler undoes their claim', () => {
  it('is never seated in the meeting that the reconciler ends, at whichever of its steps they come', async () => {
    for (let n = 1, hasCrossed = true; hasCrossed; n += 2) {
      const name = await withClaimedPrimary(false);
      world.pass(LEASE_IS_OVER_MS);
      const { other } = await crossAt(n, () => world.reconcileName(name), ada(name).join);
      hasCrossed = other !== undefined;
      if (!hasCrossed) expect(n).toBeGreaterThan(3);
      const joined = other?.status === 'fulfilled' ? other.value : undefined;
      const meetingId = (joined?.body as { Meeting?: { MeetingId: string } })?.Meeting?.MeetingId;
      const alive = chime.live(name).map((meeting) => meeting.meetingId);
      if (joined?.status === 200) expect([n, alive]).toEqual([n, [meetingId]]);
    }
  });
});

describe('an unfinished primary that died of idleness before any person came back', () => {
  it.each(['ended-meeting', 'new-meeting'] as const)(
    'does not block joins, where a used token gives %s',
    async (tokenAfterEnd) => {
      chime.chimeWill({ tokenAfterEnd });
      const name = await withClaimedPrimary(false);
      chime.passAtChime(400_000);
      world.pass(400_000);
      await world.persist(ada(name).join);
      expect(await world.wrongWith(name)).toEqual([]);
    },
  );
});
