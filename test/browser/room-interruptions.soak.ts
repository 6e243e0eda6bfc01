import { bringOnStage, useRoom } from './support/room.ts';

const room = useRoom();

/** Drops the connections of the viewers' Chime meeting. */
async function dropViewers(): Promise<void> {
  const [replica] = (await room.host.topology(room.meeting)).replicas;
  const body = JSON.stringify({ meetingId: replica?.meetingId });
  await fetch(`${room.urls.chime}/_emulator/signaling/drops`, { method: 'POST', body });
}

/** Ends the primary at Chime. Returns the epoch that it had. */
async function endPrimary(): Promise<number> {
  const { primary, epoch } = await room.host.topology(room.meeting);
  await fetch(`${room.urls.chime}/_emulator/meetings/${primary?.meetingId}/end`, { method: 'POST' });
  return epoch;
}

describe('a presenter and two viewers', () => {
  it('have a promoted viewer back on stage after a lost connection', async () => {
    const { host, linus } = await room.seated();
    await bringOnStage(host, linus);
    await dropViewers();
    await linus.says('You are on stage again.');
    await host.sees('linus');
  });

  it('have a promoted viewer back on stage after a lost connection, though the first promotion request fails', async () => {
    const { host, linus } = await room.seated();
    await bringOnStage(host, linus);
    let looks = 0;
    await linus.page.route('**/promotion', async (route) =>
      looks++ === 0 ? route.abort() : route.continue(),
    );
    await dropViewers();
    await linus.says('You are on stage again.');
    await host.sees('linus');
    expect(looks).toBeGreaterThan(1);
  });

  it('have a promoted viewer back on stage after a reload and a new join', async () => {
    const { host, linus } = await room.seated();
    await bringOnStage(host, linus);
    await linus.page.reload();
    await linus.join();
    await linus.says('You are on stage again.');
    await host.sees('linus');
    await linus.press('Leave the stage');
    await host.misses('linus');
  });
});

describe('the death of the primary', () => {
  it('brings every page into the next epoch without a click', async () => {
    const { host, linus, grace } = await room.seated();
    const rooms = [host, linus, grace];
    const epoch = await endPrimary();
    await Promise.all(rooms.map((each) => each.hasDetail(`Epoch ${epoch + 1}`)));
    await Promise.all(rooms.map((each) => each.sees('ada')));
  });
});

describe('the death of the primary while a hand is up', () => {
  it('leaves the hand up, which still leads to the stage', async () => {
    const { host, linus } = await room.seated();
    await linus.press('Raise hand');
    await host.countsHands(1);
    const epoch = await endPrimary();
    await linus.hasDetail(`Epoch ${epoch + 1}`);
    expect(await linus.can('Lower hand')).toBe(true);
    await host.press('Bring on stage: linus', '#hands');
    await linus.says('You are on stage.');
  });
});
