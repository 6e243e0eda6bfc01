import { randomUUID } from 'node:crypto';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { type Balcony, balcony } from '../../../client/balcony.ts';
import { launchChromium } from '../../../scripts/browser/chromium.ts';
import { type Guest, openRoom, type RoomPage } from '../../../scripts/browser/room-page.ts';
import { internalWordsIn } from '../../support/internal-words.ts';
import { type SharedStack, sharedStack } from '../../support/shared-stack.ts';
import { pageOf, reportOnFailure } from './failure-report.ts';
import { isBackAtRest, isSeatedIn, type Seated } from './rest.ts';

/** The shared stack, a Chromium, and the pages of a test, which are closed after it. */
export interface RoomTest {
  readonly urls: SharedStack['urls'];
  readonly browser: Browser;
  /** The meeting of this test. */
  readonly meeting: string;
  /** A host who has no page. */
  readonly host: Balcony;
  /** Opens the room's page. */
  opens(guest: Partial<Guest>, options?: BrowserContextOptions): Promise<RoomPage>;
  /** Opens the room's page, and presses *Join*. */
  comes(name: string, role: Guest['role'], displayName?: string): Promise<RoomPage>;
  /**
   * A host on stage and two viewers who see them. They are those of the test before, in its meeting, if that test succeeded and
   * their pages are back where they began. Other pages of that test are closed.
   */
  seated(): Promise<Seated>;
}

/**
 * One browser for the file. In all states into which a test brings its pages, they show no internal word, except below Details,
 * which hold such words.
 */
export function useRoom({ opensDetails = false } = {}): RoomTest {
  let stack: SharedStack | undefined;
  let browser: Browser | undefined;
  let meeting = '';
  let open: RoomPage[] = [];
  let seated: { meeting: string; people: Seated } | undefined;
  let isFailed = false;
  const kept = () => Object.values(seated?.people ?? {});
  const close = (rooms: RoomPage[]) => Promise.all(rooms.map((room) => room.close()));

  reportOnFailure(() => {
    isFailed = true;
    return open.map(pageOf);
  });
  beforeAll(async () => {
    [stack, browser] = await Promise.all([sharedStack(), launchChromium()]);
  });
  beforeEach(() => {
    meeting = `room-${randomUUID().slice(0, 8)}`;
    isFailed = false;
  });
  afterEach(async () => {
    const texts = open.flatMap(({ shown }) => [...shown]);
    for (const { shown } of open) shown.clear();
    if (seated?.meeting === meeting && (isFailed || !(await areSeated(kept(), meeting)))) seated = undefined;
    await close(open.filter((room) => !kept().includes(room)));
    open = [];
    if (!opensDetails) expect(internalWordsIn(texts.join('\n'))).toEqual([]);
  });
  afterAll(() => browser?.close());

  const room: RoomTest = {
    get urls() {
      return (stack as SharedStack).urls;
    },
    get browser() {
      return browser as Browser;
    },
    get meeting() {
      return meeting;
    },
    get host() {
      const token = async () => (await fetch(`${room.urls.issuer}/token?sub=root&role=host`)).text();
      return balcony({ url: room.urls.api, token });
    },
    opens: async (guest, options) => {
      const whole: Guest = { name: 'ada', role: 'host', meeting, ...guest };
      const page = await openRoom(room.browser, room.urls, whole, options);
      open.push(page);
      return page;
    },
    comes: async (name, role, displayName = '') => {
      const page = await room.opens({ name, role, displayName });
      await page.join();
      return page;
    },
    seated: async () => {
      if (seated && (await isBackAtRest(seated, room.host))) {
        meeting = seated.meeting;
        open.push(...kept());
        return seated.people;
      }
      await close(kept());
      seated = { meeting, people: await takeSeats(room) };
      return seated.people;
    },
  };
  return room;
}

const areSeated = async (rooms: RoomPage[], meeting: string) =>
  (await Promise.all(rooms.map((room) => isSeatedIn(room, meeting).catch(() => false)))).every(Boolean);

async function takeSeats({ comes }: RoomTest): Promise<Seated> {
  const host = await comes('ada', 'host');
  await host.sees('ada (you)');
  const [linus, grace] = await Promise.all([comes('linus', 'viewer'), comes('grace', 'viewer')]);
  await Promise.all([linus.sees('ada'), grace.sees('ada')]);
  return { host, linus, grace };
}

/** A host promotes a viewer whose hand is up. */
export async function bringOnStage(host: RoomPage, viewer: RoomPage): Promise<void> {
  await viewer.press('Raise hand');
  await host.press(`Bring on stage: ${viewer.name}`, '#hands');
  await viewer.says('You are on stage.');
}
