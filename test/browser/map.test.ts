import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Listening } from '../../local/listen.ts';
import { startWeb } from '../../local/web.ts';
import { launchChromium } from '../../scripts/browser/chromium.ts';
import { uniqueMeetingId } from '../support/people.ts';
import { type SharedStack, sharedStack } from '../support/shared-stack.ts';
import { tenThousand } from '../web/map-reports.ts';

const AXE = createRequire(__filename).resolve('axe-core/axe.min.js');
const PATIENCE_MS = 120_000;

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

/** A page for which a loaded machine has time to build and serve what it shows. */
const newPage = async (options: BrowserContextOptions = {}): Promise<Page> => {
  const page = await browser.newPage(options);
  page.setDefaultTimeout(PATIENCE_MS);
  return page;
};

/** Wait until an element of the page says this. */
const says = (page: Page, selector: string, words: string | RegExp) =>
  page.locator(selector).filter({ hasText: words }).first().waitFor({ state: 'attached' });

const press = async (page: Page, button: string) => {
  await page.getByRole('button', { name: button, exact: true }).focus();
  await page.keyboard.press('Enter');
};

describe('the map of a meeting with ten thousand viewers', () => {
  let web: Listening;
  /** A fixed answer of the load generator, so that the test need not wait for ten thousand joins. */
  beforeAll(async () => {
    const serve: Parameters<typeof startWeb>[2] = {
      serve: async (_request, response) => void response.end(JSON.stringify(tenThousand())),
      close: () => {},
    };
    web = await startWeb(0, { api: 'http://localhost:1' }, serve);
  });
  afterAll(() => web?.close());

  const open = async (colorScheme: 'light' | 'dark', viewport: { width: number; height: number }) => {
    const page = await newPage({ colorScheme, viewport });
    await page.goto(`${web.url}/map.html`);
    await says(page, '#seated', '10,000');
    await page.getByText('The same in numbers').click();
    return page;
  };

  it('shows them all seated, and no element for each of them', async () => {
    const page = await open('light', { width: 1280, height: 800 });
    expect(await page.locator('#seated').textContent()).toBe('10,000');
    expect(await page.locator('#replicas').textContent()).toBe('40 of 40');
    expect(await page.locator('#hands').textContent()).toBe('40');
    expect(await page.locator('#picture .spot.hosts').count()).toBeGreaterThan(5);
    expect(await page.locator('body *').count()).toBeLessThan(700);
    await page.close();
  });

  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 360],
    ['dark', 360],
  ] as const)('is accessible, and fits the screen: %s, %i pixels wide', async (colorScheme, width) => {
    const page = await open(colorScheme, { width, height: 800 });
    await page.addScriptTag({ path: AXE });
    const violations = (await page.evaluate('axe.run().then(({ violations }) => violations)')) as {
      id: string;
    }[];
    expect(violations).toEqual([]);
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
    await page.close();
  });
});

describe('the map of a running stack, worked by keyboard', () => {
  const meeting = uniqueMeetingId();
  let stack: SharedStack;
  beforeAll(async () => {
    stack = await sharedStack();
  });

  it('seats an audience; the primary dies; and all sit again, in the next epoch', async () => {
    const page = await newPage({ reducedMotion: 'reduce' });
    await page.goto(`${stack.urls.web}/map.html?meeting=${meeting}`);
    await press(page, 'Bring a presenter on stage');
    await says(page, '#epoch', '1');
    await page.getByLabel('Viewers').focus();
    for (const key of ['Home', 'ArrowRight', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    expect(await page.locator('#viewers-words').textContent()).toBe('25');
    await press(page, 'Send in');
    await says(page, '#seated', /^25$/);
    await says(page, '#events', '25 seated');

    await press(page, 'Let the primary die');
    await says(page, '#epoch', /^2$/);
    await says(page, '#events', 'Epoch 2 begins');
    await says(page, '#news', /./);
    await says(page, '#seated', /^25$/);
    await page.close();
  });

  it('is in the list of the live meetings, with its viewers, on a phone and by keyboard', async () => {
    const page = await newPage({ viewport: { width: 360, height: 800 } });
    await page.goto(`${stack.urls.web}/meetings.html?name=ada`);
    await press(page, 'Show');
    await says(page, '#list li', '25 viewers');
    await page.addScriptTag({ path: AXE });
    expect(await page.evaluate('axe.run().then(({ violations }) => violations)')).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    await page.getByLabel('live', { exact: true }).focus();
    await page.keyboard.press('ArrowRight');
    await says(page, '#news', /scheduled|shown/);
    await page.getByLabel('scheduled', { exact: true }).focus();
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('link', { name: `Map of ${meeting}`, exact: true }).focus();
    await page.keyboard.press('Enter');
    await says(page, '#seated', /^25$/);
    await page.close();
  });
});

describe('the drain on the map of a running stack, worked by keyboard', () => {
  it('moves the viewers of Frankfurt elsewhere, and is lifted', async () => {
    const stack = await sharedStack();
    const page = await newPage({ viewport: { width: 360, height: 800 }, reducedMotion: 'reduce' });
    await page.goto(`${stack.urls.web}/map.html?meeting=${uniqueMeetingId()}`);
    await press(page, 'Bring a presenter on stage');
    await says(page, '#epoch', '1');
    await page.getByLabel('They come from').selectOption('two-poles');
    await press(page, 'Send in');
    await says(page, '#seated', /^1,000$/);
    await says(page, '#drain-words', 'Frankfurt is open');
    await press(page, 'Drain and move viewers');
    await says(page, '#drain-words', 'Frankfurt is cleared');
    await says(page, '#seated', /^1,000$/);
    await press(page, 'Lift');
    await says(page, '#drain-words', 'Frankfurt is open');
    await page.close();
  });
});

describe('the map without a load generator', () => {
  it('shows what it needs', async () => {
    const web = await startWeb(0, { api: 'http://localhost:1' });
    const page = await newPage();
    await page.goto(`${web.url}/map.html`);
    await says(page, '[role=alert]', 'npm start');
    await page.close();
    await web.close();
  });
});
