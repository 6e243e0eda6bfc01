import { until } from '../../local/until.ts';
import { all, captionsIn, textOf, unfinished } from './support/captions.ts';
import { bringOnStage, useRoom } from './support/room.ts';

const room = useRoom();
const { emulator, speak } = captionsIn(room);

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
