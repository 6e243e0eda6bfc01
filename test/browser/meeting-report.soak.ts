import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import type { Attended, Usage } from '../../client/balcony.ts';
import { listen } from '../../local/listen.ts';
import { launchChromium } from '../../scripts/browser/chromium.ts';
import { type SharedStack, sharedStack } from '../support/shared-stack.ts';
import { faultsOf, overflows } from './support/accessibility.ts';

const PATIENCE_MS = 120_000;
/** The list reads itself again after five seconds (milliseconds). */
const LIST_AGAIN_MS = 5000;
const TOKEN = 'a-secret-token';
const PEOPLE = 2300;
const MEETING = 'a_long_name_without_any_space_to_break_it_at_the_edge_of_a_phone';

const LIFE = { openedAt: '2030-05-01T16:30:00.000Z', endedAt: '2030-05-01T18:02:11.000Z' };
const EARLIER = { openedAt: '2030-04-01T16:30:00.000Z', endedAt: '2030-04-01T17:00:00.000Z' };
const USAGE: Usage = {
  life: LIFE,
  people: PEOPLE,
  joins: 2400,
  attendeeMinutes: { audience: 218412.4, stage: 187.25, total: 218599.65, estimated: 1204.5 },
  byMediaRegion: { 'eu-west-1': 150000.4, 'us-east-1': 68599.25 },
  peak: { viewers: 2210, at: '2030-05-01T17:31:08.000Z' },
  refusals: { MEETING_FULL: 12 },
  epochs: 1,
  replicas: 18,
  lives: [LIFE, EARLIER],
};
const attended = (number: number): Attended => ({
  externalUserId: `viewer ${number}`,
  role: 'viewer',
  intervals: [{ from: LIFE.openedAt, to: LIFE.endedAt, on: 'audience' }],
  seconds: 5531,
  stageSeconds: 0,
});

/** Fixed answers of the service, as its contract describes them, and the requests for them. */
async function fixedService() {
  const requests: { url: string; token: string | undefined }[] = [];
  let refused: string | undefined;
  let viewers = 0;
  const answerTo = ({ pathname, searchParams }: URL): [number, object] => {
    if (pathname === '/token') return [200, { access_token: TOKEN, expires_in: 3600 }];
    if (pathname.endsWith('/usage'))
      return [
        200,
        searchParams.get('life') === EARLIER.openedAt ? { ...USAGE, life: EARLIER, people: 7 } : USAGE,
      ];
    if (!pathname.endsWith('/attendance'))
      return [
        200,
        { meetings: [{ externalMeetingId: MEETING, status: 'live', epoch: 1, viewers, replicas: 0 }] },
      ];
    const from = Number(searchParams.get('cursor') ?? 0);
    if (refused === String(from)) return [429, { code: 'TOO_MANY_REQUESTS' }];
    const to = Math.min(PEOPLE, from + Number(searchParams.get('limit')));
    const attendance = Array.from({ length: to - from }, (_, at) => attended(from + at));
    return [200, { life: LIFE, attendance, ...(to < PEOPLE && { cursor: String(to) }) }];
  };
  const server = createServer(({ method, url = '', headers }, response) => {
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', 'authorization, content-type');
    if (method === 'OPTIONS') return void response.writeHead(204).end();
    requests.push({ url, token: headers.authorization });
    const [status, body] = answerTo(new URL(url, 'http://localhost'));
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  const refuse = (cursor: string | undefined) => {
    refused = cursor;
  };
  const seat = (many: number) => {
    viewers = many;
  };
  return { ...(await listen(server, 0)), requests, refuse, seat };
}

describe('what happened in a meeting, on a phone and by keyboard', () => {
  let browser: Browser;
  let stack: SharedStack;
  let service: Awaited<ReturnType<typeof fixedService>>;
  beforeAll(async () => {
    [browser, stack, service] = await Promise.all([launchChromium(), sharedStack(), fixedService()]);
  });
  afterAll(async () => {
    await browser?.close();
    await service?.close();
  });

  const press = async (page: Page, name: string) => {
    await page.getByRole('button', { name, exact: true }).focus();
    await page.keyboard.press('Enter');
  };
  const says = (page: Page, selector: string, words: string) =>
    page.locator(selector).filter({ hasText: words }).first().waitFor({ timeout: PATIENCE_MS });
  const open = async (colorScheme: 'light' | 'dark' = 'light') => {
    const page = await browser.newPage({ colorScheme, viewport: { width: 360, height: 800 } });
    page.setDefaultTimeout(PATIENCE_MS);
    await page.clock.install();
    const json = { api: service.url, issuer: service.url };
    await page.route('**/config.json', (route) => route.fulfill({ json }));
    await page.goto(`${stack.urls.web}/meetings.html?name=ada`);
    await page.locator('#show:enabled').waitFor();
    await press(page, 'Show');
    await press(page, `What happened in ${MEETING}`);
    await says(page, '#figures', '218,412 in the audience and 187 on stage');
    return page;
  };

  it.each(['light', 'dark'] as const)(
    'is accessible, and fits a narrow screen, in %s colours',
    async (scheme) => {
      const page = await open(scheme);
      expect([await faultsOf(page), await overflows(page)]).toEqual([[], false]);
      const dialog = await page.evaluate(
        "(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector('dialog'))",
      );
      expect(dialog).toBe(0);
      await page.close();
    },
  );

  it('is downloaded as one file of all pages, without the token in any address', async () => {
    const page = await open();
    const arrives = page.waitForEvent('download');
    await press(page, 'Download attendance (CSV)');
    const file = await arrives;
    expect(file.suggestedFilename()).toBe(`attendance-${MEETING.replaceAll('_', '-')}-2030-05-01.csv`);
    const lines = readFileSync(await file.path(), 'utf8').split('\r\n');
    expect([lines.length, lines[0]?.slice(0, 14), lines[2300]?.slice(0, 13)]).toEqual([
      ...[2302, 'externalUserId', '"viewer 2299"'],
    ]);
    await says(page, '#report-news', '2,300 of 2,300 people. The file is ready.');
    expect(service.requests.filter(({ url }) => url.includes(TOKEN))).toEqual([]);
    expect(service.requests.at(-1)?.token).toBe(`Bearer ${TOKEN}`);
    await page.close();
  });

  it('says why a download failed, gives no file, and keeps the button in focus for another attempt', async () => {
    const page = await open();
    service.refuse('1000');
    await press(page, 'Download attendance (CSV)');
    await says(page, '#report-trouble', 'There are too many requests.');
    service.refuse(undefined);
    const arrives = page.waitForEvent('download');
    await page.keyboard.press('Enter');
    await arrives;
    await page.locator('#report-trouble').waitFor({ state: 'hidden' });
    await page.close();
  });

  it('shows an earlier life of the name, and gives the focus back to the row, which has changed meanwhile', async () => {
    const page = await open();
    await page.getByLabel('The meeting was open more than once').selectOption(EARLIER.openedAt);
    await says(page, '#figures', '7, with 2,400 joins');
    service.seat(9);
    await page.clock.fastForward(LIST_AGAIN_MS);
    await says(page, '#list li', '9 viewers');
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'hidden' });
    await page.locator(`button:focus[aria-label="What happened in ${MEETING}"]`).waitFor();
    await page.close();
  });
});
