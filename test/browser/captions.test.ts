import { readFile } from 'node:fs/promises';
import type { Download } from 'playwright-core';
import { until } from '../../local/until.ts';
import type { RoomPage } from '../../scripts/browser/room-page.ts';
import { bringOnStage, useRoom } from './support/room.ts';

const room = useRoom();

/** Sends a request to the emulator of Chime itself. */
async function emulator<Answer>(line: `${'GET' | 'POST'} ${string}`, body?: object): Promise<Answer> {
  const [method, path] = line.split(' ') as [string, string];
  const init = body ? { method, body: JSON.stringify(body) } : { method };
  return (await fetch(`${room.urls.chime}/_emulator/${path}`, init)).json() as Promise<Answer>;
}

/** Lets a person on stage say something, as if it had been recognised. */
async function speak(name: string, text: string, isPartial = false): Promise<void> {
  const { primary } = await room.host.topology(room.meeting);
  const meetingId = `${primary?.meetingId}`;
  type Listed = { attendeeId: string; externalUserId: string; connected: boolean };
  const attendees = await emulator<Listed[]>(`GET meetings/${meetingId}/attendees`);
  const speaker = attendees.find((each) => each.externalUserId === name && each.connected);
  const spoken = { meetingId, attendeeId: speaker?.attendeeId, text, isPartial };
  expect(await emulator('POST transcripts', spoken)).toEqual({ resultId: expect.anything() });
}

/** Settled lines stay in the part of the page that screen readers read; what is visible goes after some seconds. */
const reads = (page: RoomPage, line: string) => page.shows('#captions-log p', line);
const all = (pages: RoomPage[], line: string) => Promise.all(pages.map((page) => reads(page, line)));
/** The visible line that is not settled. */
const unfinished = ({ page }: RoomPage) =>
  page.evaluate(`document.querySelector('#captions-lines .partial')?.innerText`);
const comesTo = async (name: string, mediaRegion: string) => {
  const page = await room.opens({ name, role: 'viewer', mediaRegion });
  await page.join();
  await page.sees('Ada Lovelace');
  return page;
};

/** A host on stage who has turned captions on, and a viewer in each of two replicas. All of them show captions. */
async function captioned() {
  const host = await room.comes('ada', 'host', 'Ada Lovelace');
  await host.sees('Ada Lovelace (you)');
  const seats = { 'us-east-1': 1, 'ap-southeast-2': 1 };
  await until(async () => (await room.host.provision(room.meeting, seats)).status === 'ready');
  const [linus, grace] = await Promise.all([
    comesTo('linus', 'us-east-1'),
    comesTo('grace', 'ap-southeast-2'),
  ]);
  await host.press('Turn captions on');
  await host.says('Captions are on.');
  for (const page of [host, linus, grace]) await page.press('Captions', '.controls');
  return { host, linus, grace };
}

describe('captions that a host has turned on', () => {
  it('are the same in the primary and in two replicas, and outlive a late join, a promotion and the primary', async () => {
    const { host, linus, grace } = await captioned();
    const { replicas, epoch, primary } = await room.host.topology(room.meeting);
    expect(replicas.map(({ mediaRegion }) => mediaRegion).sort()).toEqual(['ap-southeast-2', 'us-east-1']);
    const pages = [host, linus, grace];
    await until(async () => {
      await speak('ada', 'Good', true); // again, because unfinished lines go, too
      return (await Promise.all(pages.map(unfinished))).every((line) => line === 'Ada Lovelace: Good');
    });
    await speak('ada', 'Good evening.');
    await all(pages, 'Ada Lovelace: Good evening.');

    const late = await comesTo('barbara', 'ap-southeast-2');
    await late.press('Captions', '.controls');
    await speak('ada', 'Welcome, everyone.');
    await all([...pages, late], 'Ada Lovelace: Welcome, everyone.');

    await bringOnStage(host, linus);
    await speak('linus', 'Thank you.');
    await all([...pages, late], 'linus: Thank you.');

    await emulator(`POST meetings/${primary?.meetingId}/end`);
    await Promise.all([...pages, late].map((page) => page.hasDetail(`Epoch ${epoch + 1}`)));
    await Promise.all([...pages, late].map((page) => page.sees('Ada Lovelace')));
    await host.shows('#captions-news', 'Captions are on.');
    await speak('ada', 'We go on.');
    await all([...pages, late], 'Ada Lovelace: We go on.');

    const [file] = await Promise.all([host.page.waitForEvent('download'), host.press('Download transcript')]);
    const spoken = ['Ada Lovelace: Good evening.', 'Ada Lovelace: Welcome, everyone.', 'linus: Thank you.'];
    expect(await textOf(file)).toEqual([...spoken, 'Ada Lovelace: We go on.']);
  });
});

describe('a host', () => {
  it('chooses the language of captions, finds the one that another host chose, reads that they failed, and turns them on again and off', async () => {
    const host = await room.comes('ada', 'host');
    await host.sees('ada (you)');
    await host.press('Turn captions on');
    await host.shows('#captions-news', 'Captions are on.');
    await host.page.selectOption('#captions-language', 'de-DE');
    await host.press('Change the language');
    await host.shows('#captions-news', 'Captions are on. Spoken language: German (Germany).');
    await room.host.setCaptions(room.meeting, { languageCode: 'fr-FR' });
    await until(async () => (await host.page.inputValue('#captions-language')) === 'fr-FR');

    const { primary } = await room.host.topology(room.meeting);
    const failure = { meetingId: primary?.meetingId, event: 'failed', message: 'No stream is left' };
    await emulator('POST transcription', failure);
    await host.shows('#captions-news', 'Captions have failed.');
    await host.page.locator('#captions-detail').getByText('No stream is left').waitFor({ state: 'attached' });

    await host.press('Turn captions on');
    await host.shows('#captions-news', 'Captions are on.');
    await host.press('Turn captions off');
    await host.shows('#captions-news', 'Captions are off.');
    expect((await room.host.topology(room.meeting)).captions).toEqual({ state: 'off' });
  });

  it('finds captions shown again after a reload', async () => {
    const host = await room.comes('ada', 'host');
    await host.sees('ada (you)');
    await host.press('Captions', '.controls');
    await host.shows('#captions-instead', 'There are no captions at the moment.');
    host.page.on('dialog', (dialog) => dialog.accept());
    await host.page.reload();
    await host.join();
    await host.shows('#captions-instead', 'There are no captions at the moment.');
  });
});

/** The lines of a transcript, without the times. */
async function textOf(file: Download): Promise<string[]> {
  const lines = (await readFile(await file.path(), 'utf8')).trim().split('\n');
  return lines.map((line) => line.replace(/^.*? {2}/, ''));
}
