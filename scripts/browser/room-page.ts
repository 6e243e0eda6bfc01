import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { StackUrls } from '../../local/stack-file.ts';

/** Who opens the room, and how. */
export interface Guest {
  name: string;
  role: 'host' | 'presenter' | 'viewer';
  meeting: string;
  /** How others are to see them. */
  displayName?: string;
}

/** Somebody's tab with the room in it, worked by what can be seen and pressed there. */
export type RoomPage = Awaited<ReturnType<typeof openRoom>>;

/** A bound for what hangs, also on a loaded machine. */
const MAX_WAIT_MS = 120_000;

/** Counts how often a page asked for a microphone or a camera. */
const COUNT_DEVICES = `
  globalThis.devicesAsked = 0;
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = (...wanted) => { globalThis.devicesAsked++; return ask(...wanted); };
`;

/** Open the room in a tab of its own, as another person's browser would. */
export async function openRoom(
  browser: Browser,
  urls: StackUrls,
  guest: Guest,
  options: BrowserContextOptions = {},
) {
  const page = await (await browser.newContext(options)).newPage();
  page.setDefaultTimeout(MAX_WAIT_MS);
  await page.addInitScript(COUNT_DEVICES);
  await page.goto(`${urls.web}/?${new URLSearchParams({ ...guest })}`);
  return { page, ...verbsOf(page) };
}

function verbsOf(page: Page) {
  const press = (button: string) => page.getByRole('button', { name: button, exact: true }).click();
  return {
    press,
    join: () => press('Join'),
    /** Wait until the page says this in so many words. */
    says: (words: string | RegExp) =>
      page.locator('#news, #refusal').filter({ hasText: words }).first().waitFor(),
    /** Wait until somebody is on the stage that this page shows. */
    sees: (name: string) => page.locator('.tile').filter({ hasText: name }).first().waitFor(),
    /** Wait until somebody no longer is. */
    misses: (name: string) => page.locator('.tile').filter({ hasText: name }).waitFor({ state: 'detached' }),
    /** Wait until somebody's picture is shown, with something in it. */
    seesPicture: (name: string) =>
      page.waitForFunction(
        `[...document.querySelectorAll('.tile')].some((tile) =>
          tile.textContent.includes(${JSON.stringify(name)}) && tile.querySelector('video').videoWidth > 0)`,
      ),
    hears: (name: string) => page.locator('.tile.speaking').filter({ hasText: name }).waitFor(),
    can: (button: string) => page.getByRole('button', { name: button, exact: true }).isVisible(),
    isIn: () => page.getByRole('heading', { level: 1 }).locator('visible=true').textContent(),
    place: () => page.locator('#place').textContent(),
    devicesAsked: () => page.evaluate('devicesAsked') as Promise<number>,
    close: () => page.context().close(),
  };
}
