import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchChromium } from '../../../scripts/browser/chromium.ts';
import { stopOf } from '../../../web/map/stops.ts';
import { type SharedStack, sharedStack } from '../../support/shared-stack.ts';
import { tenThousand } from '../../web/map-reports.ts';

/** A limit for what hangs, also on a loaded machine. */
const PATIENCE_MS = 120_000;

/** A Chromium, and the site of the shared stack. */
export interface MapPages {
  readonly web: string;
  open(options?: BrowserContextOptions): Promise<Page>;
  /**
   * Opens the map of a meeting with ten thousand viewers, with its numbers. The answer of the load generator is fixed, so that the
   * test need not wait for ten thousand joins.
   */
  openFull(colorScheme: 'light' | 'dark', width: number): Promise<Page>;
}

/** One browser for the file. Its pages are closed after each test. */
export function useMapPages(): MapPages {
  let started: { browser: Browser; stack: SharedStack } | undefined;
  beforeAll(async () => {
    const [browser, stack] = await Promise.all([launchChromium(), sharedStack()]);
    started = { browser, stack };
  });
  afterEach(async () => {
    await Promise.all(started?.browser.contexts().map((context) => context.close()) ?? []);
  });
  afterAll(() => started?.browser.close());
  const pages: MapPages = {
    get web() {
      return (started as NonNullable<typeof started>).stack.urls.web;
    },
    open: async (options) => {
      const page = await (started as NonNullable<typeof started>).browser.newPage(options);
      page.setDefaultTimeout(PATIENCE_MS);
      return page;
    },
    openFull: async (colorScheme, width) => {
      const page = await pages.open({ colorScheme, viewport: { width, height: 800 } });
      await page.route('**/load-generator/**', (route) => route.fulfill({ json: tenThousand() }));
      await page.goto(`${pages.web}/map.html`);
      await says(page, '#seated', '10,000');
      await page.getByText('The same in numbers').click();
      return page;
    },
  };
  return pages;
}

/** Waits until an element of the page contains these words, visible or not. */
export const says = (page: Page, selector: string, words: string | RegExp) =>
  page.locator(selector).filter({ hasText: words }).first().waitFor({ state: 'attached' });

/** Presses a button by keyboard. */
export const press = async (page: Page, button: string) => {
  await page.getByRole('button', { name: button, exact: true }).focus();
  await page.keyboard.press('Enter');
};

/** Moves the slider to a number of viewers, by keyboard. */
export async function chooseViewers(page: Page, viewers: number): Promise<void> {
  await page.getByLabel('Viewers').focus();
  await page.keyboard.press('Home');
  for (let at = 0; at < stopOf(viewers); at++) await page.keyboard.press('ArrowRight');
  expect(await page.locator('#viewers-words').textContent()).toBe(`${viewers}`);
}
