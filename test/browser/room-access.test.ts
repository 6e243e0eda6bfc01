import axe, { type AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchChromium } from '../../scripts/browser/chromium.ts';
import { type Guest, openRoom, type RoomPage } from '../../scripts/browser/room-page.ts';
import { type SharedStack, sharedStack } from '../support/shared-stack.ts';
import { pageOf, reportOnFailure } from './support/failure-report.ts';

let stack: SharedStack;
let browser: Browser;
const open: RoomPage[] = [];

reportOnFailure(() => open.map(pageOf));
beforeAll(async () => {
  [stack, browser] = await Promise.all([sharedStack(), launchChromium()]);
});
afterEach(() => Promise.all(open.splice(0).map((room) => room.close())));
afterAll(async () => {
  await browser?.close();
});

async function comes(guest: Guest, options: BrowserContextOptions = {}): Promise<RoomPage> {
  const room = await openRoom(browser, stack.urls, guest, options);
  open.push(room);
  return room;
}

/** The axe violations of a page as it is now: the rule and the elements. */
async function faultsOf(page: Page): Promise<string[]> {
  if (!(await page.evaluate('Boolean(globalThis.axe)'))) await page.addScriptTag({ content: axe.source });
  const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(', ')}`);
}

/** What the page says is inside the window, although the focus is on a button below. */
const SEES_WHAT_IS_SAID = `(() => {
  const { top, bottom } = document.querySelector('.said').getBoundingClientRect();
  return document.activeElement.id === 'join' && top >= 0 && bottom <= innerHeight;
})()`;

/** Whether the page is wider than the window. */
const overflows = (page: Page) => page.evaluate('document.documentElement.scrollWidth > innerWidth');

describe.each(['light', 'dark'] as const)('the room by %s', (colorScheme) => {
  const phone = { colorScheme, viewport: { width: 360, height: 740 } };
  const desktop = { colorScheme, viewport: { width: 1280, height: 800 } };

  it.each([
    ['phone', phone],
    ['desktop', desktop],
  ])('lets every visitor in by its form, on a %s', async (_, options) => {
    const { page } = await comes({ name: 'ada', role: 'host', meeting: 'all-hands' }, options);
    await page.getByText('I have a token of my own').click();
    expect([await faultsOf(page), await overflows(page)]).toEqual([[], false]);
  });

  it('keeps the stage, the captions, the desk, the questions and the refusals accessible, and refusals in sight', async () => {
    const meeting = `access-${colorScheme}`;
    const host = await comes({ name: 'ada', role: 'host', meeting }, desktop);
    await host.join();
    await host.sees('ada (you)');
    const viewer = await comes({ name: 'linus', role: 'viewer', meeting }, phone);
    await viewer.join();
    await viewer.sees('ada');
    await viewer.press('Raise hand');
    await host.countsHands(1);
    await host.press('Camera');
    await viewer.seesPicture('ada');
    for (const room of [host, viewer]) await room.press('Captions', '.controls');
    for (const { page } of [host, viewer]) {
      expect([await faultsOf(page), await overflows(page)]).toEqual([[], false]);
      await page.locator('#details summary').click();
      await page.locator('#facts').getByText('Epoch').waitFor();
      expect([await faultsOf(page), await overflows(page)]).toEqual([[], false]);
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
    expect([await faultsOf(viewer.page), await overflows(viewer.page)]).toEqual([[], false]);
  });
});

describe('with a keyboard alone', () => {
  it('lets a keyboard user join, land on the room, and leave', async () => {
    const { page, sees, says } = await comes({ name: 'ada', role: 'presenter', meeting: 'by-keys' });
    const focused = () => page.evaluate('document.activeElement.id || document.activeElement.textContent');
    await page.locator('#join:enabled').waitFor();
    await page.locator('#meeting').focus();
    const order: unknown[] = [];
    for (let at = 0; at < 6; at++) {
      await page.keyboard.press('Tab');
      order.push(await focused());
    }
    expect(order).toEqual(['name', '', 'display-name', 'media-region', 'I have a token of my own', 'join']);
    await page.keyboard.press('Enter');
    await sees('ada (you)');
    expect(await focused()).toBe('room-title');
    const buttons: unknown[] = [];
    for (let at = 0; at < 6; at++) {
      await page.keyboard.press('Tab');
      buttons.push(await focused());
    }
    expect(buttons).toEqual(['microphone', 'camera', 'screen', 'captions-button', 'leave', 'Details']);
    expect(await page.locator('#facts').isVisible()).toBe(false);
    await page.keyboard.press('Enter');
    await page.locator('#facts').getByText('stage', { exact: true }).waitFor();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await says('You have left the meeting.');
    expect(await focused()).toBe('join');
  });

  it('shows which element has the focus', async () => {
    const { page } = await comes({ name: 'ada', role: 'host', meeting: 'by-keys' });
    await page.locator('#meeting').focus();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineWidth')).toBe('3px');
  });
});
