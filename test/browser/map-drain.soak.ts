import { uniqueMeetingId } from '../support/people.ts';
import { chooseViewers, press, says, useMapPages } from './support/map-pages.ts';

const pages = useMapPages();

describe('the drain on the map of a running stack, worked by keyboard', () => {
  it('moves the viewers of Frankfurt elsewhere, and is lifted', async () => {
    const page = await pages.open({ viewport: { width: 360, height: 800 }, reducedMotion: 'reduce' });
    await page.goto(`${pages.web}/map.html?meeting=${uniqueMeetingId()}`);
    await press(page, 'Bring a presenter on stage');
    await says(page, '#epoch', '1');
    await page.getByLabel('They come from').selectOption('two-poles');
    await chooseViewers(page, 100);
    await press(page, 'Send in');
    await says(page, '#seated', /^100$/);
    await says(page, '#drain-words', 'Frankfurt is open');
    await press(page, 'Drain and move viewers');
    await says(page, '#drain-words', 'Frankfurt is cleared');
    await says(page, '#seated', /^100$/);
    await press(page, 'Lift');
    await says(page, '#drain-words', 'Frankfurt is open');
  });
});
