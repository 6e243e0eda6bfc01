import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { StackUrls } from '../../local/stack-file.ts';

/** The person who opens the room, and the options. */
export interface Guest {
  name: string;
  role: 'host' | 'presenter' | 'viewer';
  meeting: string;
  /** The name that others see. */
  displayName?: string;
}

/** A tab with the room, operated by its visible controls. */
export type RoomPage = Awaited<ReturnType<typeof openRoom>>;

/** The longest wait for a change of the page, also on a loaded machine (milliseconds). */
const MAX_WAIT_MS = 120_000;

/** Counts how often a page requested a microphone or a camera. */
const COUNT_DEVICES = `
  globalThis.devicesAsked = 0;
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = (...wanted) => { globalThis.devicesAsked++; return ask(...wanted); };
`;

/** Reports the text that a person sees, after each change of the page. */
const REPORT_TEXTS = `addEventListener('DOMContentLoaded', () => {
  let last = '';
  const report = () => {
    const text = document.body.innerText;
    if (text !== last) textShown(last = text);
  };
  const attributeFilter = ['hidden', 'open'];
  const changes = { subtree: true, childList: true, characterData: true, attributeFilter };
  let isDue = false;
  const soon = () => {
    if (isDue) return;
    isDue = true;
    setTimeout(() => { isDue = false; report(); }, 100); // reading the text lays the page out
  };
  new MutationObserver(soon).observe(document.body, changes);
  report();
})`;

/** Opens the room in a separate browser context, as another person would. */
export async function openRoom(
  browser: Browser,
  urls: StackUrls,
  guest: Guest,
  options: BrowserContextOptions = {},
) {
  const page = await (await browser.newContext(options)).newPage();
  page.setDefaultTimeout(MAX_WAIT_MS);
  await page.addInitScript(COUNT_DEVICES);
  /** Every text that the page has shown, across reloads. */
  const shown = new Set<string>();
  await page.exposeFunction('textShown', (text: string) => void shown.add(text));
  await page.addInitScript(REPORT_TEXTS);
  await page.goto(`${urls.web}/?${new URLSearchParams({ ...guest })}`);
  return { page, shown, ...verbsOf(page) };
}

function verbsOf(page: Page) {
  const press = (button: string) => page.getByRole('button', { name: button, exact: true }).click();
  return {
    press,
    join: () => press('Join'),
    /** Waits until the page shows this text. */
    says: (words: string | RegExp) =>
      page.locator('#news, #refusal').filter({ hasText: words }).first().waitFor(),
    /** Waits until this person is on the visible stage. */
    sees: (name: string) => page.locator('.tile').filter({ hasText: name }).first().waitFor(),
    /** Waits until this person has left the visible stage. */
    misses: (name: string) => page.locator('.tile').filter({ hasText: name }).waitFor({ state: 'detached' }),
    /** Waits until this person's video has a picture. */
    seesPicture: (name: string) =>
      page.waitForFunction(
        `[...document.querySelectorAll('.tile')].some((tile) =>
          tile.textContent.includes(${JSON.stringify(name)}) && tile.querySelector('video').videoWidth > 0)`,
      ),
    hears: (name: string) => page.locator('.tile.speaking').filter({ hasText: name }).waitFor(),
    can: (button: string) => page.getByRole('button', { name: button, exact: true }).isVisible(),
    isIn: () => page.getByRole('heading', { level: 1 }).locator('visible=true').textContent(),
    /** Waits until a line under Details has this text, whether the disclosure is open or not. */
    hasDetail: (words: string) =>
      page.locator('#facts > div').filter({ hasText: words }).waitFor({ state: 'attached' }),
    devicesAsked: () => page.evaluate('devicesAsked') as Promise<number>,
    close: () => page.context().close(),
  };
}
