import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { StackUrls } from '../../local/stack-file.ts';
import { until } from '../../local/until.ts';

/** The person who opens the room, and the options. */
export interface Guest {
  name: string;
  role: 'host' | 'presenter' | 'viewer';
  meeting: string;
  /** The name that others see. */
  displayName?: string;
  /** The media region that the form asks for; otherwise the nearest one. */
  mediaRegion?: string;
}

/** A tab with the room, operated by its visible controls. */
export type RoomPage = Awaited<ReturnType<typeof openRoom>>;

/** How often a page is checked for a change. Playwright's locators check a waiting page twice a second only. */
const LOOK_EVERY_MS = 40;

/** The longest wait for a change of the page, also on a loaded machine (milliseconds). */
const MAX_WAIT_MS = 120_000;

/** Counts how often a page requested a microphone or a camera. */
const COUNT_DEVICES = `
  globalThis.devicesAsked = 0;
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = (...wanted) => { globalThis.devicesAsked++; return ask(...wanted); };
`;

/** Shortens the page's jitter, which spreads an audience of thousands, to a twentieth. */
const SHORTEN_JITTER = `{
  const { random } = Math;
  Math.random = () => random() / 20;
}`;

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
  await page.addInitScript(`${COUNT_DEVICES}${SHORTEN_JITTER}${REPORT_TEXTS}`);
  /** Every text that the page has shown, across reloads. */
  const shown = new Set<string>();
  await page.exposeFunction('textShown', (text: string) => void shown.add(text));
  /** What the page has logged as errors. */
  const errors: string[] = [];
  page.on('console', (message) => void (message.type() === 'error' && errors.push(message.text())));
  page.on('pageerror', (error) => void errors.push(error.message));
  await page.goto(`${urls.web}/?${new URLSearchParams({ ...guest })}`);
  return { name: guest.name, page, shown, errors, ...verbsOf(page) };
}

/** The elements of the page that match a selector and contain these words, as an expression. */
const elements = (selector: string, words: string | RegExp) => {
  const test =
    words instanceof RegExp ? `${words}.test(text)` : `text.includes(${JSON.stringify(words.trim())})`;
  const hasWords = `({ textContent }) => { const text = textContent.replace(/\\s+/g, ' '); return ${test}; }`;
  return `[...document.querySelectorAll(${JSON.stringify(selector)})].filter(${hasWords})`;
};

const isVisible = '(element) => element.checkVisibility({ visibilityProperty: true })';

function verbsOf(page: Page) {
  const untilTrue = (expression: string) =>
    page.waitForFunction(expression, undefined, { polling: LOOK_EVERY_MS });
  const shows = (selector: string, words: string | RegExp = '') =>
    untilTrue(`${elements(selector, words)}.some(${isVisible})`);
  /** Presses a button as soon as it is visible. */
  const press = async (name: string, within = 'body') => {
    const button = page.locator(within).getByRole('button', { name, exact: true });
    await until(() => button.isVisible(), { everyMs: LOOK_EVERY_MS, withinMs: MAX_WAIT_MS });
    await button.click();
  };
  return {
    press,
    shows,
    join: () => press('Join'),
    /** Waits until the page shows this text. */
    says: (words: string | RegExp) => shows('#news, #refusal', words),
    /** Waits until this person is on the visible stage. */
    sees: (name: string) => shows('.tile', name),
    /** Waits until this person has left the visible stage. */
    misses: (name: string) => untilTrue(`${elements('.tile', name)}.length === 0`),
    /** Waits until this person's video has a picture. */
    seesPicture: (name: string) =>
      untilTrue(`${elements('.tile', name)}.some((tile) => tile.querySelector('video').videoWidth > 0)`),
    hears: (name: string) => shows('.tile.speaking', name),
    /** Waits until the lists of the desk show so many raised hands. */
    countsHands: (count: number) =>
      count > 0 ? shows('#hands-title', `Hands (${count})`) : shows('#no-hands'),
    can: (button: string) => page.getByRole('button', { name: button, exact: true }).isVisible(),
    isIn: () => page.getByRole('heading', { level: 1 }).locator('visible=true').textContent(),
    /** Waits until a line under Details has this text, whether the disclosure is open or not. */
    hasDetail: (words: string) => untilTrue(`${elements('#facts > div', words)}.length > 0`),
    devicesAsked: () => page.evaluate('devicesAsked') as Promise<number>,
    close: () => page.context().close(),
  };
}
