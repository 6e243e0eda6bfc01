import { describeAccessibleRoom } from './support/accessible-room.ts';
import { useRoom } from './support/room.ts';

const room = useRoom({ opensDetails: true });

describeAccessibleRoom(room, 'light');

describe('with a keyboard alone', () => {
  it('lets a keyboard user join, land on the room, and leave', async () => {
    const { page, sees, says } = await room.opens({ role: 'presenter' });
    const focused = () => page.evaluate('document.activeElement.id || document.activeElement.textContent');
    await page.locator('#join:enabled').waitFor();
    await page.locator('#meeting').focus();
    const order: unknown[] = [];
    for (let at = 0; at < 6; at++) {
      await page.keyboard.press('Tab');
      order.push(await focused());
    }
    expect(order).toEqual(['name', '', 'display-name', 'media-region', 'I have a token of my own', 'join']);
    await page.keyboard.press('Enter');
    await sees('ada (you)');
    expect(await focused()).toBe('room-title');
    const buttons: unknown[] = [];
    for (let at = 0; at < 6; at++) {
      await page.keyboard.press('Tab');
      buttons.push(await focused());
    }
    expect(buttons).toEqual(['microphone', 'camera', 'screen', 'captions-button', 'leave', 'Details']);
    expect(await page.locator('#facts').isVisible()).toBe(false);
    await page.keyboard.press('Enter');
    await page.locator('#facts').getByText('stage', { exact: true }).waitFor();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await says('You have left the meeting.');
    expect(await focused()).toBe('join');
  });

  it('shows which element has the focus', async () => {
    const { page } = await room.opens({});
    await page.locator('#meeting').focus();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineWidth')).toBe('3px');
  });
});
