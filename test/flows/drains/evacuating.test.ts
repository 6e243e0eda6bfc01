import { freshTopology } from '../../../lib/store/topology/topologies.ts';
import { crossAt, dieAt, prepareCrossing } from '../../support/crossing.ts';
import { useWorld } from '../support.ts';
import { attendeesIn, CACHED_MS, drainsIn, FRANKFURT, regionsIn } from './support.ts';

const chime = useWorld();
beforeAll(prepareCrossing);
const { hostOf, joinAll, house, drain, reconcile, regionsOf, overfull } = drainsIn(chime);
const EVACUATE = { evacuate: true };
const inFrankfurt = (name: string) => regionsOf(name).filter((region) => region === 'eu-central-1');

describe('evacuating a media region', () => {
  it('opens seats elsewhere, then deletes its replicas; its viewers find seats when they join again', async () => {
    const { name, seats } = await house(8);
    expect(await drain(name, EVACUATE)).toMatchObject({ status: 'moved', replicas: 0, viewers: 0 });
    expect(inFrankfurt(name)).toEqual([]);
    const opened = regionsOf(name).length;
    const again = await joinAll(name, 8);
    expect(regionsIn(again)).not.toContain('eu-central-1');
    expect(regionsOf(name)).toHaveLength(opened);
    expect(attendeesIn([...seats, ...again]).size).toBe(16);
    expect(overfull(name)).toEqual([]);
  });

  it('opens the seats where the viewers who move have the shortest way', async () => {
    const { name } = await house(3);
    await drain(name, EVACUATE);
    const { placement } = await chime.person(name, 'viewer-0').seat(FRANKFURT);
    expect(placement.rttMs).toBeLessThan(20);
  });

  it('opens nothing where enough seats are free elsewhere', async () => {
    const { name } = await house(0);
    await chime.person(name, 'ann').seat({ mediaRegion: 'us-east-1' });
    await hostOf(name).provision({ 'eu-central-1': 5 });
    await chime.person(name, 'ben').seat(FRANKFURT);
    const asked = chime.callsOf('CreateMeeting');
    expect(await drain(name, EVACUATE)).toMatchObject({ status: 'moved' });
    expect(chime.callsOf('CreateMeeting')).toBe(asked);
  });

  it('deletes one replica after another where no further one is allowed', async () => {
    const { name } = await house(9, { maxReplicas: 2 });
    expect(await drain(name, EVACUATE)).toMatchObject({ status: 'moved' });
    const again = await joinAll(name, 9);
    expect(regionsIn(again)).not.toContain('eu-central-1');
    expect(attendeesIn(again).size).toBe(9);
    expect(regionsOf(name)).toHaveLength(2);
    expect(overfull(name)).toEqual([]);
  });

  it('tells a viewer to return soon, not that the meeting is full, while seats are fewer', async () => {
    const { name } = await house(5, { maxReplicas: 1 });
    chime.chimeWill({ replicasPerPrimary: 0 });
    expect((await drain(name, EVACUATE)).status).toBe('moving-with-fewer-seats');
    const answer = await chime.person(name, 'viewer-0').join(FRANKFURT);
    expect(answer).toMatchObject({ status: 202, body: { reason: 'opening' } });
    expect(answer.retryAfterMs).toBeLessThanOrEqual(3000);
  });

  it('keeps a promoted viewer on stage, who gets another seat', async () => {
    const { name } = await house(1);
    await hostOf(name).promote('viewer-0');
    await drain(name, EVACUATE);
    const again = await chime.person(name, 'viewer-0').seat(FRANKFURT);
    expect(again).toMatchObject({ promoted: true, placement: { kind: 'replica' } });
    expect(again.placement.mediaRegion).not.toBe('eu-central-1');
  });

  it('stops where it is when the drain is lifted, between any two of its steps', async () => {
    const standing = async (name: string) => {
      const { replicas = [], drains } = (await freshTopology(name, chime.now())) ?? {};
      const there = replicas.filter(({ mediaRegion }) => mediaRegion === 'eu-central-1');
      return { isDrained: drains !== undefined, ids: there.map(({ meetingId }) => meetingId) };
    };
    for (let n = 1; n < 40; n++) {
      const { name } = await house(2);
      const lift = async () => {
        const before = await standing(name);
        await hostOf(name).liftDrain('eu-central-1');
        return before;
      };
      const { other } = await crossAt(n, () => drain(name, EVACUATE).catch(() => undefined), lift);
      if (other?.status !== 'fulfilled') return;
      const { isDrained, ids } = other.value;
      if (isDrained) expect((await standing(name)).ids).toEqual(ids);
      expect(inFrankfurt(name)).toHaveLength((await standing(name)).ids.length);
    }
    throw new Error('it has more steps than this');
  });

  it('stops when it is changed to a drain without evacuation, and back', async () => {
    const { name } = await house(2);
    await drain(name);
    expect(await drain(name, { evacuate: false })).toMatchObject({ status: 'closed', replicas: 1 });
    expect(await drain(name, EVACUATE)).toMatchObject({ status: 'moved' });
    expect(await drain(name, { evacuate: false })).toMatchObject({ status: 'closed', replicas: 0 });
  });
});

describe('an evacuation survives', () => {
  it('a lost response of Chime at any call, and deletes what it opened there', async () => {
    for (const operation of ['CreateMeeting', 'BatchCreateAttendee', 'DeleteMeeting'] as const) {
      const { name } = await house(2);
      chime.strike(operation, 'timeout-after', 3);
      await drain(name, EVACUATE).catch(() => undefined);
      for (let k = 0; k < 3; k++) {
        chime.pass(61_000);
        await reconcile(name);
      }
      expect(inFrankfurt(name)).toEqual([]);
      expect(regionsIn(await joinAll(name, 2))).not.toContain('eu-central-1');
    }
  });

  it('a death between any two of its steps: the reconciler finishes it, and nothing is left at Chime', async () => {
    for (let n = 1; n < 40; n++) {
      const { name } = await house(2);
      const died = await dieAt(n, () => drain(name, EVACUATE));
      if (!died) return;
      const isDrained = (await freshTopology(name, chime.now()))?.drains !== undefined;
      for (let k = 0; k < 2; k++) {
        chime.pass(61_000);
        await reconcile(name);
      }
      const known = (await freshTopology(name, chime.now()))?.replicas.map(({ meetingId }) => meetingId);
      const replicas = chime.live(name).filter(({ primaryMeetingId }) => primaryMeetingId !== null);
      expect(replicas.map(({ meetingId }) => meetingId)).toEqual(known);
      expect(inFrankfurt(name)).toHaveLength(isDrained ? 0 : 1);
      const again = await joinAll(name, 2);
      if (isDrained) expect(regionsIn(again)).not.toContain('eu-central-1');
      expect(attendeesIn(again).size).toBe(2);
      expect(overfull(name)).toEqual([]);
    }
    throw new Error('it has more steps than this');
  });

  it('joins between any two of its steps: all are seated once, and none there in the end', async () => {
    for (let n = 1; n < 40; n++) {
      const { name } = await house(2);
      chime.pass(CACHED_MS);
      const late = chime.person(name, 'late');
      const { other } = await crossAt(
        n,
        () => drain(name, EVACUATE),
        () => late.join(FRANKFURT),
      );
      if (!other) return;
      await drain(name, EVACUATE);
      const again = await Promise.all([late.seat(FRANKFURT), joinAll(name, 2)]);
      expect(regionsIn(again.flat())).not.toContain('eu-central-1');
      expect(attendeesIn(again.flat()).size).toBe(3);
      expect(inFrankfurt(name)).toEqual([]);
      expect(overfull(name)).toEqual([]);
    }
    throw new Error('it has more steps than this');
  });

  it('a second host who evacuates between any two of its steps: no replica is opened in vain', async () => {
    for (let n = 1; n < 40; n++) {
      const { name } = await house(2);
      const { other } = await crossAt(
        n,
        () => drain(name, EVACUATE),
        () => drain(name, EVACUATE),
      );
      if (!other) return;
      expect(await drain(name, EVACUATE)).toMatchObject({ status: 'moved' });
      expect(regionsOf(name)).toHaveLength(1);
    }
    throw new Error('it has more steps than this');
  });

  it('the end of the epoch: nothing of the next one is deleted', async () => {
    const { name } = await house(2);
    await drain(name, EVACUATE);
    chime.kill(chime.live(name).find(({ primaryMeetingId }) => primaryMeetingId === null));
    chime.pass(3000);
    await hostOf(name).seat();
    const again = await joinAll(name, 2);
    const opened = regionsOf(name);
    await reconcile(name);
    expect(regionsIn(again)).not.toContain('eu-central-1');
    expect(regionsOf(name)).toEqual(opened);
  });
});

describe('an evacuation of 600 viewers', () => {
  it.each([
    ['with replicas left', 8],
    ['without', 4],
  ])(
    '%s seats all of them elsewhere, none twice, and no meeting over its capacity',
    async (_, maxReplicas) => {
      const { name } = await house(0, { meetingFeatures: {}, maxReplicas });
      await hostOf(name).provision({ 'eu-central-1': 600 });
      const seats = await joinAll(name, 600);
      expect([...regionsIn(seats)]).toEqual(['eu-central-1']);
      expect(await drain(name, EVACUATE)).toMatchObject({ status: 'moved' });
      const again = await joinAll(name, 600);
      expect(regionsIn(again)).not.toContain('eu-central-1');
      expect(attendeesIn(again).size).toBe(600);
      expect(overfull(name)).toEqual([]);
      expect(regionsOf(name).length).toBeLessThanOrEqual(maxReplicas);
    },
  );
});
