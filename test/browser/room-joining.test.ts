import type { Page } from 'playwright-core';
import { until } from '../../local/until.ts';
import { aGate, type Gate } from '../support/gate.ts';
import { useRoom } from './support/room.ts';

const room = useRoom();

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

describe('a page that closes', () => {
  it('leaves the meeting', async () => {
    await room.seated();
    const bjarne = await room.comes('bjarne', 'viewer');
    await bjarne.sees('ada');
    const { attendees } = await room.host.attendees(room.meeting);
    expect(attendees.map(({ externalUserId }) => externalUserId)).toContain('bjarne');
    await bjarne.page.close();
    const isGone = async () => {
      const { attendees } = await room.host.attendees(room.meeting);
      return !attendees.some(({ externalUserId }) => externalUserId === 'bjarne');
    };
    await until(isGone);
  });
});

describe('a page that joins', () => {
  it('as a viewer, in a tab beside the presenter’s own tab, shows in the old tab that the person joined elsewhere', async () => {
    await room.seated();
    const pia = await room.comes('pia', 'presenter');
    await pia.sees('pia (you)');
    await room.comes('pia', 'viewer');
    await pia.says(/joined elsewhere|joined from another window/);
  });

  it('takes the seat over in a second tab by the same name, and the first tab shows it', async () => {
    const { linus } = await room.seated();
    const again = await room.comes('linus', 'viewer');
    await linus.says('You joined from another window');
    await again.sees('ada');
    expect(await again.isIn()).toBe(room.meeting);
  });

  it('enters a meeting whose name is typed with spaces around it', async () => {
    const ada = await room.opens({ meeting: ` ${room.meeting} ` });
    await ada.join();
    await ada.sees('ada (you)');
    expect(await ada.isIn()).toBe(room.meeting);
  });

  it('before the stage is open waits, shows why, and enters by itself', async () => {
    await room.host.create(room.meeting);
    const linus = await room.comes('linus', 'viewer');
    await linus.says('No presenter is on stage yet.');
    await room.comes('ada', 'host');
    await linus.sees('ada');
  });

  it('can stop waiting', async () => {
    await room.host.create(room.meeting);
    const linus = await room.comes('linus', 'viewer');
    await linus.says('No presenter is on stage yet.');
    await linus.press('Stop waiting');
    await linus.says('You no longer wait.');
    expect(await linus.can('Join')).toBe(true);
  });

  it('enters once when Join is pressed twice while the media region is being determined', async () => {
    const ada = await room.opens({});
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
    expect([joins, await ada.isIn()]).toEqual([1, room.meeting]);
  });

  it('finds the media regions that the site is configured with, and the nearest by the service it names', async () => {
    const mediaRegions = ['us-gov-east-1', 'us-gov-west-1'];
    const nearestMediaRegion = `${room.urls.web}/nearest-of-government`;
    const context = await room.browser.newContext();
    await context.route('**/config.json', (route) =>
      route.fulfill({
        json: { api: room.urls.api, issuer: room.urls.issuer, nearestMediaRegion, mediaRegions },
      }),
    );
    await context.route(nearestMediaRegion, (route) => route.fulfill({ json: { region: 'us-gov-west-1' } }));
    const page = await context.newPage();
    await page.goto(room.urls.web);
    const options = page.locator('#media-region option');
    await options.filter({ hasText: 'Nearest to me (GovCloud West)' }).waitFor({ state: 'attached' });
    expect((await options.allTextContents()).slice(-2)).toEqual(['GovCloud East', 'GovCloud West']);
    await context.close();
  });

  it('reports no client event to Chime’s ingestion URL', async () => {
    const reports: string[] = [];
    const ada = await room.opens({});
    ada.page.on(
      'request',
      (asked) => void (asked.url().endsWith('/v1/client-events') && reports.push(asked.url())),
    );
    await ada.join();
    await ada.sees('ada (you)');
    await ada.press('Leave');
    await ada.page.getByRole('button', { name: 'Join', exact: true }).waitFor();
    const known = await fetch(`${room.urls.chime}/_emulator/signaling/client-events`);
    expect([reports, await known.json()]).toEqual([[], []]);
  });

  it('as a host waits while Chime opens no meeting, finds the reason under Details, and enters by itself', async () => {
    const ada = await room.opens({});
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
    const linus = await room.comes('linus', 'viewer');
    await linus.says('There is no meeting of this name yet.');
  });

  it('shows that a token is not valid', async () => {
    const eve = await room.opens({ name: 'eve' });
    await eve.page.getByText('I have a token of my own').click();
    await eve.page.getByLabel('Token', { exact: true }).fill('not.a.token');
    await eve.join();
    await eve.says('Your sign-in is not valid here');
  });
});
