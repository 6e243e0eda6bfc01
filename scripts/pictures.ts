/** Takes the README's pictures of the room and the map from a running local stack: `npm start`, then this. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { readStackFile } from '../local/stack-file.ts';
import { launchChromium } from './browser/chromium.ts';
import { openRoom } from './browser/room-page.ts';

const FOLDER = 'docs/pictures';
const SIZE = { width: 1280, height: 720 };
/** Small enough for 120 KB. */
const MAP_SIZE = { viewport: { width: 1280, height: 616 }, deviceScaleFactor: 0.75 };
const VIEWERS = 3000;
const MAX_WAIT_MS = 300_000;

const urls = readStackFile(process.env.LOCAL_DIR ?? '.local');
if (!urls) throw new Error('Nothing runs here. Start it first: npm start');
const { web } = urls;
const browser = await launchChromium();
mkdirSync(FOLDER, { recursive: true });
try {
  await takeMap();
  await takeRoom();
} finally {
  await browser.close();
}

/** A host and a viewer on stage, another viewer's raised hand, and captions. */
async function takeRoom(): Promise<void> {
  const comes = async (name: string, role: 'host' | 'viewer') => {
    const guest = { name, role, meeting: 'town-hall' };
    const room = await openRoom(browser, urls as NonNullable<typeof urls>, guest, { viewport: SIZE });
    await room.join();
    await room.sees('ada');
    return room;
  };
  const host = await comes('ada', 'host');
  await host.press('Camera');
  const linus = await comes('linus', 'viewer');
  await host.press('Bring on stage: linus');
  await linus.says('You are on stage.');
  await linus.press('Camera');
  await linus.press('Microphone');
  const grace = await comes('grace', 'viewer');
  await grace.press('Raise hand');
  await host.page.getByText('Hands (1)').waitFor();
  await host.page.getByRole('button', { name: 'Back to audience: linus' }).waitFor();
  await host.press('Turn captions on');
  await host.press('Captions', '.controls');
  await host.page.evaluate('scrollTo(0, 0)'); // the button was below
  await host.shows('#captions-lines', 'everyone who has just joined.');
  await Promise.all([host.seesPicture('ada'), host.seesPicture('linus'), host.hears('linus')]);
  await take(host.page, 'room');
}

/** A worldwide audience, seated. */
async function takeMap(): Promise<void> {
  const externalMeetingId = 'town-hall-map';
  const order = (path: string, body: object) =>
    fetch(`${web}/load-generator/${path}`, {
      method: 'POST',
      body: JSON.stringify({ externalMeetingId, ...body }),
    });
  const page = await browser.newPage(MAP_SIZE);
  await page.goto(`${web}/map.html?meeting=${externalMeetingId}`);
  await order('presenter', {});
  await order('audience', { viewers: VIEWERS });
  await page
    .locator('#events')
    .getByText(/ seated, /)
    .waitFor({ timeout: MAX_WAIT_MS });
  await page.reload(); // the slider takes over the requested audience
  await page.locator('#seated').getByText(VIEWERS.toLocaleString('en'), { exact: true }).waitFor();
  await take(page, 'map');
  await order('audience', { viewers: 0 });
  await order('presenter', { on: false });
}

async function take(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled' });
}
