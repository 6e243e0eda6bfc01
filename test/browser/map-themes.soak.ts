import { faultsOf, overflows } from './support/accessibility.ts';
import { useMapPages } from './support/map-pages.ts';

const pages = useMapPages();

/** What map.test.ts leaves out. */
describe('the map of a meeting with ten thousand viewers', () => {
  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 360],
  ] as const)('is accessible, and fits the screen: %s, %i pixels wide', async (colorScheme, width) => {
    const page = await pages.openFull(colorScheme, width);
    expect([await faultsOf(page), await overflows(page)]).toEqual([[], false]);
  });
});
