import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { balcony } from '../../client/balcony.ts';
import type { Listening } from '../../local/listen.ts';
import { until } from '../../local/until.ts';
import { launchChromium } from '../../scripts/browser/chromium.ts';
import { openRoom, type RoomPage } from '../../scripts/browser/room-page.ts';
import { type PackedClient, packedClient } from '../client/packed-client.ts';
import { type SharedStack, sharedStack } from '../support/shared-stack.ts';
import { serveReactExample } from './support/react-page.ts';

/** The longest wait for a change of the page, also on a loaded machine (milliseconds). */
const MAX_WAIT_MS = 120_000;

/** How often the service is asked. */
const RARELY = { everyMs: 200 };

let stack: SharedStack;
let browser: Browser;
let packed: PackedClient;
let site: Listening;
let meeting: string;

beforeAll(async () => {
  browser = await launchChromium();
  packed = await packedClient();
  site = await serveReactExample(packed.folder);
  stack = await sharedStack();
});
beforeEach(() => {
  meeting = `react-${randomUUID().slice(0, 8)}`;
});
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
  packed?.remove();
});

/** A host, by the API. */
function root() {
  const token = async () => (await fetch(`${stack.urls.issuer}/token?sub=root&role=host`)).text();
  return balcony({ url: stack.urls.api, token });
}

/** Shortens the page's jitter to a twentieth: its first report comes at a random moment of 30 s. */
const SHORTEN_JITTER = '{ const { random } = Math; Math.random = () => random() / 20; }';

/** A viewer's tab with the React example. */
async function viewer(name: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(MAX_WAIT_MS);
  await page.addInitScript(SHORTEN_JITTER);
  const { api, issuer } = stack.urls;
  await page.goto(`${site.url}/?${new URLSearchParams({ api, issuer, meeting, name })}`);
  return page;
}

async function hostWithCamera(): Promise<RoomPage> {
  const host = await openRoom(browser, stack.urls, { name: 'ada', role: 'host', meeting });
  await host.join();
  await host.sees('ada (you)');
  await host.press('Camera');
  return host;
}

const says = (page: Page, words: string) => page.getByText(words).waitFor();
const press = (page: Page, button: string) => page.getByRole('button', { name: button, exact: true }).click();

/** Waits until the grid of the component library shows a picture that came over the network. */
const seesPicture = (page: Page) =>
  page.waitForFunction(
    `[...document.querySelectorAll('[class*=ch-remote-video] video')].some((video) => video.videoWidth > 0)`,
  );

describe('a viewer with the React binding', () => {
  it('waits, sees the stage in the library’s grid, is promoted and seen, leaves the stage, leaves, and joins again', async () => {
    await root().create(meeting);
    const linus = await viewer('linus');
    await says(linus, 'No presenter is on stage yet.');
    const host = await hostWithCamera();
    await says(linus, 'You are in the audience.');
    await seesPicture(linus);
    await press(linus, 'Raise hand');
    await host.page.getByText('Hands (1)').waitFor();
    await root().promote(meeting, 'linus');
    await says(linus, 'You are on stage.');
    await press(linus, 'Camera');
    await host.seesPicture('linus');
    await press(linus, 'Leave the stage');
    await says(linus, 'You are in the audience.');
    await host.misses('linus');
    await press(linus, 'Leave');
    await press(linus, 'Join again');
    await seesPicture(linus);
  });

  it('is back by itself after the primary died, with the hand up, and is demoted by a host', async () => {
    const host = await hostWithCamera();
    const linus = await viewer('linus');
    await seesPicture(linus);
    await press(linus, 'Raise hand');
    await host.page.getByText('Hands (1)').waitFor();
    await linus.locator('main').evaluate((main) => main.setAttribute('data-first', ''));
    const { primary, epoch } = await root().topology(meeting);
    await fetch(`${stack.urls.chime}/_emulator/meetings/${primary?.meetingId}/end`, { method: 'POST' });
    await host.hasDetail(`Epoch ${epoch + 1}`);
    await linus.locator('main:not([data-first])').waitFor();
    await host.press('Camera');
    await seesPicture(linus);
    expect(await linus.getByRole('button', { name: 'Lower hand' }).isVisible()).toBe(true);
    await root().promote(meeting, 'linus');
    await says(linus, 'You are on stage.');
    await root().demote(meeting, 'linus');
    await says(linus, 'You are in the audience.');
  });

  it('reports the time from Join to the first sound, and the service counts it', async () => {
    await root().join(meeting); // by the API, so no page but the viewer's can report
    await viewer('linus');
    await until(async () => {
      const { clientEvents = [] } = await root().topology(meeting, { clientEvents: true });
      return clientEvents.some(({ timeToFirstAudioMs }) => timeToFirstAudioMs !== undefined);
    }, RARELY);
  });

  it('shows a ban and the end of the meeting as the service refuses the next join', async () => {
    await hostWithCamera();
    const [linus, grace] = await Promise.all([viewer('linus'), viewer('grace')]);
    await Promise.all([linus, grace].map((page) => says(page, 'You are in the audience.')));
    await root().ban(meeting, 'grace');
    await says(grace, 'a host has removed you');
    await press(grace, 'Join again');
    await says(grace, 'A host has banned you from this meeting.');
    await root().end(meeting);
    await says(linus, 'A host has ended this meeting.');
  });
});
