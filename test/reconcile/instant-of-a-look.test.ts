import { putOnList } from '../../lib/store/topology/due.ts';
import { readOnList } from '../../lib/store/topology/screening.ts';
import { calmNames } from './calm-names.ts';
import { useSweptWorld } from './support.ts';

const world = useSweptWorld();
const { calmName } = calmNames(world);
const FIVE_MINUTES = 300_001;

describe('a look that takes long after Chime was asked', () => {
  it.each(['light', 'under a lease'])(
    'counts from before, so that an event meanwhile is later (%s)',
    async (kind) => {
      const name = await calmName();
      if (kind === 'light') world.pass(FIVE_MINUTES);
      else await putOnList(name, world.now());
      const lists = () => world.chime.callsOf('ListAttendees');
      const before = lists();
      const slow = () => world.now() + (lists() > before ? 20_000 : 0);
      await world.reconcileNow({ now: slow });
      expect(lists()).toBe(before + 1);
      const [listed] = await readOnList([{ externalMeetingId: name, reconcileAt: 0 }]);
      expect(listed?.lookedAt).toBeLessThan(slow() - 15_000);
      expect(listed?.lookedAt).toBeGreaterThan(slow() - 40_000);
    },
  );
});
