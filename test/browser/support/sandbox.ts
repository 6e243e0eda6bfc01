import { join } from 'node:path';
import type { Attendee, ChimeSDKMeetings, Meeting } from '@aws-sdk/client-chime-sdk-meetings';
import type { Browser } from 'playwright-core';
import type { Listening } from '../../../local/listen.ts';
import { launchChromium } from '../../../scripts/browser/chromium.ts';
import { admit, openMeeting } from '../../emulator/builders.ts';
import { clientAt } from '../../emulator/support.ts';
import { type SeparateEmulator, separateEmulator } from './emulator.ts';
import { reportOnFailure } from './failure-report.ts';
import { servePage } from './page-server.ts';
import { openTab, type Tab } from './tab.ts';

export type Place = Meeting & { MeetingId: string };
export type Seat = Attendee & { AttendeeId: string };

/** A person in a meeting: who they are to Chime, and their tab. */
export interface Person extends Tab {
  seat: Seat;
}

/** An emulator that clients can join, a Chromium, and people. */
export interface Sandbox {
  readonly chime: ChimeSDKMeetings;
  readonly emulator: { url: string; notice: string | undefined };
  primary(): Promise<Place>;
  replica(primary: Place): Promise<Place>;
  admit(meeting: Place, name: string): Promise<Seat>;
  /** Open a tab and join with it; an attendee is created unless one is given. */
  enter(meeting: Place, who: string | Seat, how?: HowToEnter): Promise<Person>;
}

/** Whether the microphone is on from the beginning, and which package of the client the page has. */
export interface HowToEnter {
  speaks?: boolean;
  client?: string;
}

const NEWEST_CLIENT = 'amazon-chime-sdk-js';

/** The packages of the client that pages have, and how the emulator is started. */
interface Setting {
  clients?: string[];
  startEmulator?: () => Promise<SeparateEmulator>;
}

/** One browser for the file, with a page for each client package; one tab for each person, closed after each test. */
export function useSandbox({
  clients = [NEWEST_CLIENT],
  startEmulator = separateEmulator,
}: Setting = {}): Sandbox {
  let world: { pages: Map<string, Listening>; emulator: SeparateEmulator; browser: Browser } | undefined;
  const tabs: (Tab & { name: string })[] = [];
  const started = () => world as NonNullable<typeof world>;
  let chime: ChimeSDKMeetings | undefined;
  reportOnFailure(() =>
    tabs.map(({ name, seen, errors }) => ({
      name,
      errors,
      text: async () => JSON.stringify(await seen(), undefined, 1),
    })),
  );
  beforeAll(async () => {
    const entry = join(__dirname, 'sandbox-page.js');
    const serve = async (client: string) => [client, await servePage(entry, client)] as const;
    const [browser, emulator, ...pages] = await Promise.all([
      launchChromium(),
      startEmulator(),
      ...clients.map(serve),
    ]);
    world = { pages: new Map(pages), emulator, browser };
    chime = clientAt(emulator.url);
  });
  afterEach(async () => void (await Promise.all(tabs.splice(0).map((tab) => tab.close()))));
  afterAll(async () => {
    chime?.destroy();
    await world?.browser.close();
    const pages = [...(world?.pages.values() ?? [])];
    await Promise.all([...pages.map((page) => page.close()), world?.emulator.stop()]);
  });
  const sandbox: Sandbox = {
    get chime() {
      return chime as ChimeSDKMeetings;
    },
    get emulator() {
      return started().emulator;
    },
    primary: () => openMeeting(sandbox.chime),
    replica: ({ MeetingId }) =>
      openMeeting(sandbox.chime, { PrimaryMeetingId: MeetingId, MediaRegion: 'eu-central-1' }),
    admit: (meeting, name) => admit(sandbox.chime, meeting, name),
    enter: async (meeting, who, { client = NEWEST_CLIENT, ...how } = {}) => {
      const seat = typeof who === 'string' ? await sandbox.admit(meeting, who) : who;
      const page = started().pages.get(client) as Listening;
      const tab = await openTab(started().browser, page.url);
      tabs.push({ ...tab, name: seat.ExternalUserId ?? '' });
      await tab.call('join', meeting, seat, how);
      return { ...tab, seat };
    },
  };
  return sandbox;
}
