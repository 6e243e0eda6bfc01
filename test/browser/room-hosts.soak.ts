import { bringOnStage, useRoom } from './support/room.ts';

const room = useRoom();

describe('a host', () => {
  it('gets a confirmation of the browser before the tab of a live meeting closes', async () => {
    const host = await room.comes('ada', 'host');
    await host.sees('ada (you)');
    await host.page.locator('#room-title').click(); // browsers ask only on pages that were used
    const asked = host.page.waitForEvent('dialog');
    await host.page.close({ runBeforeUnload: true });
    const dialog = await asked;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.dismiss();
    expect(await host.isIn()).toBe(room.meeting);
  });

  it('rehearses behind the curtain, and lets the waiting viewers in', async () => {
    const host = await room.comes('ada', 'host');
    await host.sees('ada (you)');
    await host.press('Close the curtain');
    await host.says('New viewers wait until you let the audience in.');
    const linus = await room.comes('linus', 'viewer');
    await linus.page.getByText('The hosts are still preparing.').first().waitFor();
    await host.press('Let the audience in');
    await linus.sees('ada');
  });

  it('lowers a hand, whose owner sees a message and may raise it again', async () => {
    const { host, linus } = await room.seated();
    await linus.press('Raise hand');
    await host.countsHands(1);
    await host.press('Lower hand: linus');
    await host.countsHands(0);
    await linus.says('A host has lowered your hand.');
    expect(await linus.can('Raise hand')).toBe(true);
  });

  it('mutes a person on stage, whose page shows it and switches the microphone off, and unmutes the person', async () => {
    const { host, linus } = await room.seated();
    await bringOnStage(host, linus);
    await linus.press('Microphone');
    await host.hears('linus');
    await host.press('Mute all');
    await linus.says('A host has muted you.');
    await linus.page.locator('#microphone[aria-pressed=false]').waitFor();
    await host.press('Let speak: linus');
    await linus.says('You may speak again');
    await linus.press('Microphone');
    await host.hears('linus');
  });

  it('confirms before removing a person, and may cancel', async () => {
    const { host, grace } = await room.seated();
    await host.press('Remove: grace');
    await host.press('Cancel');
    expect(await grace.isIn()).toBe(room.meeting);
    await host.press('Remove: grace');
    await host.press('Remove grace');
    await grace.says('A host has removed you from the meeting.');
    await grace.join();
    await grace.sees('ada');
  });

  it('bans a viewer, whose page closes the meeting and explains why a return is refused', async () => {
    const { host, linus } = await room.seated();
    const bjarne = await room.comes('bjarne', 'viewer');
    await bjarne.sees('ada');
    await host.press('Ban: bjarne');
    await host.press('Ban bjarne');
    await bjarne.says('A host has removed you from the meeting.');
    await bjarne.join();
    await bjarne.says('A host has banned you from this meeting.');
    expect(await linus.isIn()).toBe(room.meeting);
  });

  it('ends it for everyone, and may open it again with its options', async () => {
    const { host, linus, grace } = await room.seated();
    await room.host.create(room.meeting, { maxReplicas: 3, mediaRegion: 'us-east-1' });
    await host.press('End for everyone');
    await host.press('End for everyone', '[role=dialog], dialog');
    await Promise.all([host, linus, grace].map((each) => each.says('A host has ended this meeting.')));
    expect(await linus.can('Open the meeting again')).toBe(false);
    await host.press('Open the meeting again');
    await host.sees('ada (you)');
    const { options } = await room.host.topology(room.meeting);
    expect(options).toMatchObject({ maxReplicas: 3, mediaRegion: 'us-east-1' });
  });
});
