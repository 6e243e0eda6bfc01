import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { balcony } from '../../client/balcony.ts';
import { until } from '../../local/until.ts';
import { launchChromium } from '../../scripts/browser/chromium.ts';
import { type Guest, openRoom, type RoomPage } from '../../scripts/browser/room-page.ts';
import { aGate, type Gate } from '../support/gate.ts';
import { internalWordsIn } from '../support/internal-words.ts';
import { type SharedStack, sharedStack } from '../support/shared-stack.ts';

let stack: SharedStack;
let browser: Browser;
let meeting: string;
const open: RoomPage[] = [];

beforeAll(async () => {
  browser = await launchChromium();
  stack = await sharedStack();
});
beforeEach(() => {
  meeting = `room-${randomUUID().slice(0, 8)}`;
});
afterEach(async () => {
  const rooms = open.splice(0);
  await Promise.all(rooms.map((room) => room.close()));
  const texts = rooms.flatMap(({ shown }) => [...shown]);
  expect(internalWordsIn(texts.join('\n'))).toEqual([]); // in whatever states the test brought its pages
});
afterAll(async () => {
  await browser?.close();
});

async function comes(name: string, role: Guest['role'], displayName = ''): Promise<RoomPage> {
  const room = await openRoom(browser, stack.urls, { name, role, meeting, displayName });
  open.push(room);
  await room.join();
  return room;
}

/** A host, by the API. */
function hostByHand() {
  const token = async () => (await fetch(`${stack.urls.issuer}/token?sub=root&role=host`)).text();
  return balcony({ url: stack.urls.api, token });
}

/** A host on stage and two viewers who see them. */
async function seated() {
  const host = await comes('ada', 'host');
  await host.sees('ada (you)');
  const [linus, grace] = await Promise.all([comes('linus', 'viewer'), comes('grace', 'viewer')]);
  await Promise.all([linus.sees('ada'), grace.sees('ada')]);
  return { host, linus, grace };
}

/**
 * From its next load on, the page learns the nearest media region only when the gate opens. The page waits for that for any
 * time.
 */
async function holdNearest(page: Page): Promise<Gate> {
  const gate = aGate();
  await page.addInitScript('AbortSignal.timeout = () => new AbortController().signal');
  await page.route('**/nearest-media-region', async (route) => {
    await gate.pause();
    await route.abort();
  });
  return gate;
}

async function bringOnStage(host: RoomPage, viewer: RoomPage, name: string): Promise<void> {
  await viewer.press('Raise hand');
  await host.page
    .locator('#hands')
    .getByRole('button', { name: `Bring on stage: ${name}` })
    .click();
  await viewer.says('You are on stage.');
}

describe('a presenter and two viewers', () => {
  it('see and hear the stage, and the page asks viewers for no device', async () => {
    const { host, linus, grace } = await seated();
    await host.press('Microphone');
    await host.press('Camera');
    await Promise.all([linus, grace].flatMap((viewer) => [viewer.seesPicture('ada'), viewer.hears('ada')]));
    expect(await Promise.all([linus.devicesAsked(), grace.devicesAsked()])).toEqual([0, 0]);
    expect(await linus.can('Microphone')).toBe(false);
    await host.press('Share screen');
    await grace.seesPicture('ada’s screen');
  });

  it('bring a viewer with a raised hand on stage, and the viewer steps down', async () => {
    const { host, linus, grace } = await seated();
    await bringOnStage(host, linus, 'linus');
    await linus.press('Camera');
    await Promise.all([host.seesPicture('linus'), grace.seesPicture('linus')]);
    await linus.press('Leave the stage');
    await linus.says('You are back in the audience.');
    await Promise.all([host.misses('linus'), grace.misses('linus')]);
    expect(await linus.can('Microphone')).toBe(false);
    expect(await linus.can('Raise hand')).toBe(true);
  });

  it('send a promoted viewer back to the seat from the desk, and bring the viewer on stage once more', async () => {
    const { host, linus } = await seated();
    await bringOnStage(host, linus, 'linus');
    await host.press('Back to audience: linus');
    await linus.says('A host has brought you back to the audience.');
    await bringOnStage(host, linus, 'linus');
  });

  it('bring a viewer without a raised hand on stage, because the viewer’s page gets the promotion', async () => {
    const { host, grace } = await seated();
    await host.press('Bring on stage: grace');
    await grace.says('You are on stage.');
    await host.sees('grace');
  });

  it('bring a viewer with a raised hand on stage by the API alone, of which no page is notified', async () => {
    const { host, linus } = await seated();
    await linus.press('Raise hand');
    await host.page.getByText('Hands (1)').waitFor();
    await hostByHand().promote(meeting, 'linus');
    await linus.says('You are on stage.');
    await host.sees('linus');
  });

  it('have a promoted viewer back on stage after a lost connection', async () => {
    const { host, linus } = await seated();
    await bringOnStage(host, linus, 'linus');
    const [replica] = (await hostByHand().topology(meeting)).replicas;
    const body = JSON.stringify({ meetingId: replica?.meetingId });
    await fetch(`${stack.urls.chime}/_emulator/signaling/drops`, { method: 'POST', body });
    await linus.says('You are on stage again.');
    await host.sees('linus');
  });

  it('have a promoted viewer back on stage after a lost connection, though the first promotion request fails', async () => {
    const { host, linus } = await seated();
    await bringOnStage(host, linus, 'linus');
    let looks = 0;
    await linus.page.route('**/promotion', async (route) =>
      looks++ === 0 ? route.abort() : route.continue(),
    );
    const [replica] = (await hostByHand().topology(meeting)).replicas;
    const body = JSON.stringify({ meetingId: replica?.meetingId });
    await fetch(`${stack.urls.chime}/_emulator/signaling/drops`, { method: 'POST', body });
    await linus.says('You are on stage again.');
    await host.sees('linus');
    expect(looks).toBeGreaterThan(1);
  });

  it('have a promoted viewer back on stage after a reload and a new join', async () => {
    const { host, linus } = await seated();
    await bringOnStage(host, linus, 'linus');
    await linus.page.reload();
    await linus.join();
    await linus.says('You are on stage again.');
    await host.sees('linus');
    await linus.press('Leave the stage');
    await host.misses('linus');
  });

  it('stop waiting for the stage when the hand is lowered', async () => {
    const { host, linus } = await seated();
    await linus.press('Raise hand');
    await host.page.getByText('Hands (1)').waitFor();
    await linus.press('Lower hand');
    await host.page.getByText('No hand is up.').waitFor();
  });
});

describe('a host', () => {
  it('lowers a hand, whose owner sees a message and may raise it again', async () => {
    const { host, linus } = await seated();
    await linus.press('Raise hand');
    await host.page.getByText('Hands (1)').waitFor();
    await host.press('Lower hand: linus');
    await host.page.getByText('No hand is up.').waitFor();
    await linus.says('A host has lowered your hand.');
    expect(await linus.can('Raise hand')).toBe(true);
  });

  it('gets a confirmation of the browser before the tab of a live meeting closes', async () => {
    const host = await comes('ada', 'host');
    await host.sees('ada (you)');
    await host.page.locator('#room-title').click(); // browsers ask only on pages that were used
    const asked = host.page.waitForEvent('dialog');
    await host.page.close({ runBeforeUnload: true });
    const dialog = await asked;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.dismiss();
    expect(await host.isIn()).toBe(meeting);
  });

  it('mutes a person on stage, whose page shows it and switches the microphone off, and unmutes the person', async () => {
    const { host, linus } = await seated();
    await bringOnStage(host, linus, 'linus');
    await linus.press('Microphone');
    await host.hears('linus');
    await host.press('Mute all');
    await linus.says('A host has muted you.');
    await linus.page.locator('#microphone[aria-pressed=false]').waitFor();
    await host.press('Let speak: linus');
    await linus.says('You may speak again');
    await linus.press('Microphone');
    await host.hears('linus');
  });

  it('bans a viewer, whose page closes the meeting and explains why a return is refused', async () => {
    const { host, linus, grace } = await seated();
    await host.press('Ban: grace');
    await host.press('Ban grace');
    await grace.says('A host has removed you from the meeting.');
    await grace.join();
    await grace.says('A host has banned you from this meeting.');
    expect(await linus.isIn()).toBe(meeting);
  });

  it('confirms before removing a person, and may cancel', async () => {
    const { host, grace } = await seated();
    await host.press('Remove: grace');
    await host.press('Cancel');
    expect(await grace.isIn()).toBe(meeting);
    await host.press('Remove: grace');
    await host.press('Remove grace');
    await grace.says('A host has removed you from the meeting.');
    await grace.join();
    await grace.sees('ada');
  });

  it('ends it for everyone, and may open it again with its options', async () => {
    const { host, linus, grace } = await seated();
    await hostByHand().create(meeting, { maxReplicas: 3, mediaRegion: 'us-east-1' });
    await host.press('End for everyone');
    await host.page.getByRole('dialog').getByRole('button', { name: 'End for everyone' }).click();
    await Promise.all([host, linus, grace].map((room) => room.says('A host has ended this meeting.')));
    expect(await linus.can('Open the meeting again')).toBe(false);
    await host.press('Open the meeting again');
    await host.sees('ada (you)');
    const { options } = await hostByHand().topology(meeting);
    expect(options).toMatchObject({ maxReplicas: 3, mediaRegion: 'us-east-1' });
  });
});

describe('the death of the primary', () => {
  it('brings every page into the next epoch without a click', async () => {
    const { host, linus, grace } = await seated();
    const rooms = [host, linus, grace];
    const { primary, epoch } = await hostByHand().topology(meeting);
    await fetch(`${stack.urls.chime}/_emulator/meetings/${primary?.meetingId}/end`, { method: 'POST' });
    await Promise.all(rooms.map((room) => room.hasDetail(`Epoch ${epoch + 1}`)));
    await Promise.all(rooms.map((room) => room.sees('ada')));
  });
});

describe('the death of the primary while a hand is up', () => {
  it('leaves the hand up, which still leads to the stage', async () => {
    const { host, linus } = await seated();
    await linus.press('Raise hand');
    await host.page.getByText('Hands (1)').waitFor();
    const { primary } = await hostByHand().topology(meeting);
    await fetch(`${stack.urls.chime}/_emulator/meetings/${primary?.meetingId}/end`, { method: 'POST' });
    await linus.hasDetail('Epoch 2');
    expect(await linus.can('Lower hand')).toBe(true);
    await host.page.locator('#hands').getByRole('button', { name: 'Bring on stage: linus' }).click();
    await linus.says('You are on stage.');
  });
});

describe('a page that joins', () => {
  it('as a viewer, in a tab beside the presenter’s own tab, shows in the old tab that the person joined elsewhere', async () => {
    await comes('ada', 'host');
    const pia = await comes('pia', 'presenter');
    await pia.sees('pia (you)');
    await comes('pia', 'viewer');
    await pia.says(/joined elsewhere|joined from another window/);
  });

  it('enters a meeting whose name is typed with spaces around it', async () => {
    const ada = await openRoom(browser, stack.urls, { name: 'ada', role: 'host', meeting: ` ${meeting} ` });
    open.push(ada);
    await ada.join();
    await ada.sees('ada (you)');
    expect(await ada.isIn()).toBe(meeting);
  });

  it('takes the seat over in a second tab by the same name, and the first tab shows it', async () => {
    const { linus } = await seated();
    const again = await comes('linus', 'viewer');
    await linus.says('You joined from another window');
    await again.sees('ada');
    expect(await again.isIn()).toBe(meeting);
  });

  it('before the stage is open waits, shows why, and enters by itself', async () => {
    await hostByHand().create(meeting);
    const linus = await comes('linus', 'viewer');
    await linus.says('No presenter is on stage yet.');
    await comes('ada', 'host');
    await linus.sees('ada');
  });

  it('can stop waiting', async () => {
    await hostByHand().create(meeting);
    const linus = await comes('linus', 'viewer');
    await linus.says('No presenter is on stage yet.');
    await linus.press('Stop waiting');
    await linus.says('You no longer wait.');
    expect(await linus.can('Join')).toBe(true);
  });

  it('enters once when Join is pressed twice while the media region is being determined', async () => {
    const ada = await openRoom(browser, stack.urls, { name: 'ada', role: 'host', meeting });
    open.push(ada);
    const nearest = await holdNearest(ada.page);
    let joins = 0;
    ada.page.on('request', (asked) => {
      if (asked.method() === 'POST' && asked.url().endsWith('/join')) joins += 1;
    });
    await ada.page.reload();
    await nearest.reached;
    await ada.page.getByRole('button', { name: 'Join', exact: true }).dblclick();
    nearest.open();
    await ada.sees('ada (you)');
    await ada.page.unrouteAll({ behavior: 'wait' });
    expect([joins, await ada.isIn()]).toEqual([1, meeting]);
  });

  it('finds the media regions that the site is configured with, and the nearest by the service it names', async () => {
    const mediaRegions = ['us-gov-east-1', 'us-gov-west-1'];
    const nearestMediaRegion = `${stack.urls.web}/nearest-of-government`;
    const context = await browser.newContext();
    await context.route('**/config.json', (route) =>
      route.fulfill({
        json: { api: stack.urls.api, issuer: stack.urls.issuer, nearestMediaRegion, mediaRegions },
      }),
    );
    await context.route(nearestMediaRegion, (route) => route.fulfill({ json: { region: 'us-gov-west-1' } }));
    const page = await context.newPage();
    await page.goto(stack.urls.web);
    const options = page.locator('#media-region option');
    await options.filter({ hasText: 'Nearest to me (GovCloud West)' }).waitFor({ state: 'attached' });
    expect((await options.allTextContents()).slice(-2)).toEqual(['GovCloud East', 'GovCloud West']);
    await context.close();
  });

  it('reports no client event to Chime’s ingestion URL', async () => {
    const reports: string[] = [];
    const ada = await openRoom(browser, stack.urls, { name: 'ada', role: 'host', meeting });
    open.push(ada);
    ada.page.on(
      'request',
      (asked) => void (asked.url().includes('client-events') && reports.push(asked.url())),
    );
    await ada.join();
    await ada.sees('ada (you)');
    await ada.press('Leave');
    await ada.page.getByRole('button', { name: 'Join', exact: true }).waitFor();
    const known = await fetch(`${stack.urls.chime}/_emulator/signaling/client-events`);
    expect([reports, await known.json()]).toEqual([[], []]);
  });

  it('as a host waits while Chime opens no meeting, finds the reason under Details, and enters by itself', async () => {
    const ada = await openRoom(browser, stack.urls, { name: 'ada', role: 'host', meeting });
    open.push(ada);
    const json = {
      status: 'waiting',
      reason: 'opening',
      retryAfterMs: 100,
      detail: 'The account is at its quota.',
    };
    const headers = { 'access-control-allow-origin': '*' };
    await ada.page.route('**/join', (route) =>
      route.request().method() === 'POST' ? route.fulfill({ status: 202, headers, json }) : route.continue(),
    );
    await ada.join();
    await ada.page.locator('#waiting-words').filter({ hasText: 'There is a problem.' }).waitFor();
    const reason = ada.page.getByText(json.detail);
    expect(await reason.isVisible()).toBe(false);
    await ada.page.locator('#waiting-details summary').click();
    await reason.waitFor();
    await ada.page.unrouteAll({ behavior: 'wait' });
    await ada.sees('ada (you)');
  });

  it('shows that a meeting does not exist', async () => {
    const linus = await comes('linus', 'viewer');
    await linus.says('There is no meeting of this name yet.');
  });

  it('shows that a token is not valid', async () => {
    const eve = await openRoom(browser, stack.urls, { name: 'eve', role: 'host', meeting });
    open.push(eve);
    await eve.page.getByText('I have a token of my own').click();
    await eve.page.getByLabel('Token', { exact: true }).fill('not.a.token');
    await eve.join();
    await eve.says('Your sign-in is not valid here');
  });
});

describe('a page that closes', () => {
  it('leaves the meeting', async () => {
    const { grace } = await seated();
    const { attendees } = await hostByHand().attendees(meeting);
    expect(attendees.map(({ externalUserId }) => externalUserId)).toContain('grace');
    await grace.page.close();
    const isGone = async () => {
      const { attendees } = await hostByHand().attendees(meeting);
      return !attendees.some(({ externalUserId }) => externalUserId === 'grace');
    };
    await until(isGone);
  });
});

describe('people with display names', () => {
  const ADA = 'Łucja <b>Ada</b> 👩';

  it('appear on stage, in the lists and in the news, as text', async () => {
    const host = await comes('u-71', 'host', ADA);
    await host.sees(`${ADA} (you)`);
    const viewer = await comes('u-72', 'viewer', '名前');
    await viewer.sees(ADA);
    await viewer.press('Raise hand');
    await host.page.getByRole('button', { name: 'Bring on stage: 名前' }).first().click();
    await host.says('名前 is invited on stage.');
    await host.sees('名前');
    await viewer.sees('名前 (you)');
    expect(await host.page.locator('#people').innerText()).toContain('u-72');
  });
});
