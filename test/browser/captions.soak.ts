import { until } from '../../local/until.ts';
import { all, captionsIn, textOf, unfinished } from './support/captions.ts';
import { useRoom } from './support/room.ts';

const room = useRoom();
const { emulator, speak } = captionsIn(room);

describe('captions that a host has turned on', () => {
  it('are the same for the host and a viewer, unfinished at first, and are in the transcript', async () => {
    const host = await room.comes('ada', 'host', 'Ada Lovelace');
    await host.sees('Ada Lovelace (you)');
    const linus = await room.comes('linus', 'viewer');
    await linus.sees('Ada Lovelace');
    await host.press('Turn captions on');
    await host.says('Captions are on.');
    const pages = [host, linus];
    for (const page of pages) await page.press('Captions', '.controls');
    await until(async () => {
      await speak('ada', 'Good', true); // again, because unfinished lines go, too
      return (await Promise.all(pages.map(unfinished))).every((line) => line === 'Ada Lovelace: Good');
    });
    await speak('ada', 'Good evening.');
    await all(pages, 'Ada Lovelace: Good evening.');
    const [file] = await Promise.all([host.page.waitForEvent('download'), host.press('Download transcript')]);
    expect(await textOf(file)).toEqual(['Ada Lovelace: Good evening.']);
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
