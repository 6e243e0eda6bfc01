import type { RoomPage } from '../../../scripts/browser/room-page.ts';
import { faultsOf, overflows } from './accessibility.ts';
import type { RoomTest } from './room.ts';

/** What the page says is inside the window, although the focus is on a button below. */
const SEES_WHAT_IS_SAID = `(() => {
  const { top, bottom } = document.querySelector('.said').getBoundingClientRect();
  return document.activeElement.id === 'join' && top >= 0 && bottom <= innerHeight;
})()`;

const stateOf = async ({ page }: RoomPage) => [await faultsOf(page), await overflows(page)];

/** Declares the tests of the room's accessibility in one colour scheme, on a desktop and on a phone. */
export function describeAccessibleRoom(room: RoomTest, colorScheme: 'light' | 'dark'): void {
  const phone = { colorScheme, viewport: { width: 360, height: 740 } };
  const desktop = { colorScheme, viewport: { width: 1280, height: 800 } };

  describe(`the room by ${colorScheme}`, () => {
    it.each([
      ['phone', phone],
      ['desktop', desktop],
    ])('lets every visitor in by its form, on a %s', async (_, options) => {
      const visitor = await room.opens({}, options);
      await visitor.page.getByText('I have a token of my own').click();
      expect(await stateOf(visitor)).toEqual([[], false]);
    });

    it('keeps the stage, the captions, the desk, the questions and the refusals accessible, and refusals in sight', async () => {
      const host = await room.opens({}, desktop);
      await host.join();
      await host.sees('ada (you)');
      const viewer = await room.opens({ name: 'linus', role: 'viewer' }, phone);
      await viewer.join();
      await viewer.sees('ada');
      await viewer.press('Raise hand');
      await host.countsHands(1);
      await host.press('Camera');
      await viewer.seesPicture('ada');
      for (const each of [host, viewer]) await each.press('Captions', '.controls');
      for (const each of [host, viewer]) {
        expect(await stateOf(each)).toEqual([[], false]);
        await each.page.locator('#details summary').click();
        await each.page.locator('#facts').getByText('Epoch').waitFor();
        expect(await stateOf(each)).toEqual([[], false]);
      }
      await host.page.getByText('Problems none').waitFor();
      expect(await viewer.page.getByText('Problems').count()).toBe(0);
      await host.press('Ban: linus');
      expect(await faultsOf(host.page)).toEqual([]);
      await host.press('Ban linus');
      await viewer.says('A host has removed you');
      await viewer.page.waitForFunction(SEES_WHAT_IS_SAID);
      await viewer.join();
      await viewer.says('A host has banned you');
      await viewer.page.waitForFunction(SEES_WHAT_IS_SAID);
      expect(await stateOf(viewer)).toEqual([[], false]);
    });
  });
}
