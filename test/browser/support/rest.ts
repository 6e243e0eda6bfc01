import type { Balcony } from '../../../client/balcony.ts';
import { until } from '../../../local/until.ts';
import type { RoomPage } from '../../../scripts/browser/room-page.ts';

/** A host on stage and two viewers who see them. */
export type Seated = Record<'host' | 'linus' | 'grace', RoomPage>;

const IN_TIME_MS = 10_000;

interface Sitting {
  meeting: string;
  people: Seated;
}

/**
 * Brings seated people back to where they began: the host on stage without devices, two viewers in the audience with the hands
 * down, and no old message on a page. Returns false if that fails; then the caller seats new people.
 */
export async function isBackAtRest({ meeting, people }: Sitting, service: Balcony): Promise<boolean> {
  const { host, linus, grace } = people;
  const rooms = [host, linus, grace];
  try {
    for (const room of rooms) await room.page.unrouteAll({ behavior: 'wait' });
    if (!(await Promise.all(rooms.map((room) => isSeatedIn(room, meeting)))).every(Boolean)) return false;
    for (const viewer of [linus, grace]) await backToAudience(viewer);
    await until(() => isAudience(service, meeting), { withinMs: IN_TIME_MS });
    await Promise.all(rooms.map((room) => untilAtRest(room, room === host ? 'ada (you)' : 'ada')));
    await Promise.all(rooms.map(forget));
    return true;
  } catch {
    return false;
  }
}

/** Whether a page shows the room of a meeting. */
export const isSeatedIn = async ({ page, isIn }: RoomPage, meeting: string) =>
  !page.isClosed() && (await page.locator('#room').isVisible()) && (await isIn()) === meeting;

async function backToAudience(viewer: RoomPage): Promise<void> {
  if (await viewer.can('Leave the stage')) await viewer.press('Leave the stage');
  if (await viewer.can('Lower hand')) await viewer.press('Lower hand');
}

/** Whether the service knows of no promotion and no hand, also from requests that a page has not waited for. */
async function isAudience(service: Balcony, meeting: string): Promise<boolean> {
  const [{ attendees }, { hands }] = await Promise.all([service.attendees(meeting), service.hands(meeting)]);
  return hands.length === 0 && !attendees.some(({ promoted }) => promoted);
}

/** Switches the devices off, and waits until the page shows one tile, and no raised hand. */
async function untilAtRest({ page, shows }: RoomPage, onStage: string): Promise<void> {
  for (const device of ['microphone', 'camera', 'screen']) {
    const pressed = page.locator(`#${device}[aria-pressed=true]`);
    if (await pressed.isVisible()) await pressed.click();
  }
  const isAtRest = `(() => {
    const [tile, ...others] = document.querySelectorAll('.tile');
    const isQuiet = !document.querySelector('#devices [aria-pressed=true], #hand[aria-pressed=true]');
    const isHandFree = document.querySelector('#hands').children.length === 0;
    return isQuiet && isHandFree && others.length === 0 && tile?.textContent.includes(${JSON.stringify(onStage)});
  })()`;
  await page.waitForFunction(isAtRest, undefined, { polling: 40, timeout: IN_TIME_MS });
  await shows('#state', 'Live');
}

/** Removes what the test before has left on the page. */
const forget = ({ page }: RoomPage) =>
  page.evaluate(`
    for (const id of ['news', 'refusal']) document.getElementById(id).textContent = '';
    globalThis.devicesAsked = 0;
  `);
