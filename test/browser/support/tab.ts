import type { Browser, Page } from 'playwright-core';
import { until } from '../../../local/until.ts';

/** What came to a client, as its page has noted it. */
export interface Seen {
  /** `started`, `stopped MeetingEnded`, `demoted OK` and so on, in their order. */
  told: string[];
  /** ExternalUserId by AttendeeId of those who are here. */
  present: Record<string, string>;
  messages: string[];
  volumes: Record<string, { volume?: number; muted?: boolean }>;
}

/** How much a client has decoded since it began. */
export interface Decoded {
  energy: number;
  packets: number;
  lost: number;
  pictures: number;
}

/** One person's browser tab with the real client in it. */
export interface Tab {
  /** What the page has logged as errors. */
  errors: string[];
  call<Answer = void>(name: string, ...args: unknown[]): Promise<Answer>;
  seen(): Promise<Seen>;
  /** Wait until the client has been told something. */
  untilTold(what: string): Promise<void>;
  untilToldTimes(what: string, times: number): Promise<void>;
  /** Wait until exactly these people are present. */
  untilPresent(...names: string[]): Promise<void>;
  /** Wait until sound that can be heard, or pictures, were decoded from now on. */
  untilHears(): Promise<void>;
  untilSees(): Promise<void>;
  /** Wait until the client shows that a person speaks. */
  untilSpeaks(attendeeId: string): Promise<void>;
  /** Wait until what is decoded is silence. */
  untilSilent(): Promise<void>;
  close(): Promise<void>;
}

/** A bound for what hangs, also on a loaded machine. */
const PATIENCE_MS = 120_000;
const LOOK_EVERY_MS = 100;
const AUDIBLE = 1e-4;
/**
 * Decoders take up to a second to run dry, and the microphone to test with beeps once a second: 1.2 s of packets of
 * 20 ms.
 */
const SILENT_PACKETS = 60;

/** Open the page with the client, with cookies and devices of its own. */
export async function openTab(browser: Browser, url: string): Promise<Tab> {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const errors: string[] = [];
  page.on('console', (message) => void (message.type() === 'error' && errors.push(message.text())));
  await page.goto(url);
  const call = <Answer>(name: string, ...args: unknown[]) => callIn<Answer>(page, name, args);
  const seen = () => call<Seen>('seen');
  const grown = (member: keyof Decoded, by: number) => untilGrown(() => call<Decoded>('decoded'), member, by);
  const untilToldTimes = (what: string, times: number) =>
    untilTrue(async () => (await seen()).told.filter((each) => each === what).length >= times);
  return {
    errors,
    call,
    seen,
    untilTold: (what) => untilToldTimes(what, 1),
    untilToldTimes,
    untilPresent: (...names) => untilTrue(async () => `${here(await seen())}` === `${names.sort()}`),
    untilHears: () => grown('energy', AUDIBLE),
    untilSees: () => grown('pictures', 5),
    untilSpeaks: (attendeeId) => untilTrue(async () => ((await seen()).volumes[attendeeId]?.volume ?? 0) > 0),
    untilSilent: () => untilSilent(() => call<Decoded>('decoded')),
    close: () => context.close(),
  };
}

/** The names of those who are here. */
export const here = ({ present }: Seen) => Object.values(present).sort();

/** Read or call a member of the page's client. */
function callIn<Answer>(page: Page, name: string, args: unknown[]): Promise<Answer> {
  return page.evaluate(
    ([member, given]) => {
      const found = (globalThis as never as { client: Record<string, unknown> }).client[member];
      return (typeof found === 'function' ? found(...given) : found) as Answer;
    },
    [name, args] as const,
  );
}

const untilTrue = (isTrue: () => Promise<boolean>) => until(isTrue, { everyMs: LOOK_EVERY_MS });

async function untilGrown(read: () => Promise<Decoded>, member: keyof Decoded, by: number): Promise<void> {
  const before = (await read())[member];
  await untilTrue(async () => (await read())[member] > before + by);
}

/** Between two readings that are so many packets apart, no sound was decoded. */
async function untilSilent(read: () => Promise<Decoded>): Promise<void> {
  let before = await read();
  await untilTrue(async () => {
    const now = await read();
    if (now.packets < before.packets + SILENT_PACKETS) return false;
    const isSilent = now.energy - before.energy < AUDIBLE;
    before = now;
    return isSilent;
  });
}
