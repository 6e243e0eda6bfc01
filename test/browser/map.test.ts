import { uniqueMeetingId } from '../support/people.ts';
import { faultsOf, overflows } from './support/accessibility.ts';
import { chooseViewers, press, says, useMapPages } from './support/map-pages.ts';

const pages = useMapPages();

describe('the map of a meeting with ten thousand viewers', () => {
  it('shows them all seated, and no element for each of them', async () => {
    const page = await pages.openFull('light', 1280);
    expect(await page.locator('#seated').textContent()).toBe('10,000');
    expect(await page.locator('#replicas').textContent()).toBe('40 of 40');
    expect(await page.locator('#hands').textContent()).toBe('40');
    expect(await page.locator('#picture .spot.hosts').count()).toBeGreaterThan(5);
    expect(await page.locator('body *').count()).toBeLessThan(700);
  });

  it('is accessible, and fits the screen: dark, 360 pixels wide', async () => {
    const page = await pages.openFull('dark', 360);
    expect([await faultsOf(page), await overflows(page)]).toEqual([[], false]);
  });
});

describe('the map of a running stack, worked by keyboard', () => {
  const meeting = uniqueMeetingId();

  it('seats an audience; the primary dies; and all sit again, in the next epoch', async () => {
    const page = await pages.open({ reducedMotion: 'reduce' });
    await page.goto(`${pages.web}/map.html?meeting=${meeting}`);
    await press(page, 'Bring a presenter on stage');
    await says(page, '#epoch', '1');
    await chooseViewers(page, 25);
    await press(page, 'Send in');
    await says(page, '#seated', /^25$/);
    await says(page, '#events', '25 seated');

    await press(page, 'Let the primary die');
    await says(page, '#epoch', /^2$/);
    await says(page, '#events', 'Epoch 2 begins');
    await says(page, '#news', /./);
    await says(page, '#seated', /^25$/);
  });

  it('is in the list of the live meetings, with its viewers, on a phone and by keyboard', async () => {
    const page = await pages.open({ viewport: { width: 360, height: 800 } });
    await page.goto(`${pages.web}/meetings.html?name=ada`);
    await press(page, 'Show');
    await says(page, '#list li', '25 viewers');
    expect([await faultsOf(page), await overflows(page)]).toEqual([[], false]);
    await page.getByLabel('live', { exact: true }).focus();
    await page.keyboard.press('ArrowRight');
    await says(page, '#news', /scheduled|shown/);
    await page.getByLabel('scheduled', { exact: true }).focus();
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('link', { name: `Map of ${meeting}`, exact: true }).focus();
    await page.keyboard.press('Enter');
    await says(page, '#seated', /^25$/);
  });
});

describe('the map without a load generator', () => {
  it('shows what it needs', async () => {
    const page = await pages.open();
    const absent = `${pages.web}/load-generator-that-is-not-there`;
    await page.route('**/load-generator/**', (route) => route.continue({ url: absent }));
    await page.goto(`${pages.web}/map.html`);
    await says(page, '[role=alert]', 'npm start');
  });
});
