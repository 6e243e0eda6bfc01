import { freshTopology } from '../../../lib/store/topology/topologies.ts';
import { crossedSteps } from '../../support/budget.ts';
import { crossAt, dieAt, prepareCrossing } from '../../support/crossing.ts';
import { useWorld } from '../support.ts';
import { attendeesIn, CACHED_MS, drainsIn, FRANKFURT, regionsIn } from './support.ts';

const chime = useWorld();
beforeAll(prepareCrossing);
const { hostOf, joinAll, house, drain, reconcile, regionsOf, overfull } = drainsIn(chime);
const EVACUATE = { evacuate: true };
const inFrankfurt = (name: string) => regionsOf(name).filter((region) => region === 'eu-central-1');

describe('an evacuation', () => {
  it('stops where it is when the drain is lifted, between any two of its steps', async () => {
    const standing = async (name: string) => {
      const { replicas = [], drains } = (await freshTopology(name, chime.now())) ?? {};
      const there = replicas.filter(({ mediaRegion }) => mediaRegion === 'eu-central-1');
      return { isDrained: drains !== undefined, ids: there.map(({ meetingId }) => meetingId) };
    };
    for (const n of crossedSteps(40)) {
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

  it('survives a death between any two of its steps: the reconciler finishes it, and nothing is left at Chime', async () => {
    for (const n of crossedSteps(40)) {
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

  it('survives joins between any two of its steps: all are seated once, and none there in the end', async () => {
    for (const n of crossedSteps(40)) {
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

  it('survives a second host who evacuates between any two of its steps: no replica is opened in vain', async () => {
    for (const n of crossedSteps(40)) {
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
});
