import { bringOnStage, useRoom } from './support/room.ts';

const room = useRoom();

describe('people with display names', () => {
  const ADA = 'Łucja <b>Ada</b> 👩';

  it('appear on stage, in the lists and in the news, as text', async () => {
    const host = await room.comes('u-71', 'host', ADA);
    await host.sees(`${ADA} (you)`);
    const viewer = await room.comes('u-72', 'viewer', '名前');
    await viewer.sees(ADA);
    await viewer.press('Raise hand');
    await host.press('Bring on stage: 名前', '#hands');
    await host.says('名前 is invited on stage.');
    await host.sees('名前');
    await viewer.sees('名前 (you)');
    expect(await host.page.locator('#people').innerText()).toContain('u-72');
  });
});

describe('a presenter and two viewers', () => {
  it('see and hear the stage, and the page asks viewers for no device', async () => {
    const { host, linus, grace } = await room.seated();
    await host.press('Microphone');
    await host.press('Camera');
    await Promise.all([linus, grace].flatMap((viewer) => [viewer.seesPicture('ada'), viewer.hears('ada')]));
    expect(await Promise.all([linus.devicesAsked(), grace.devicesAsked()])).toEqual([0, 0]);
    expect(await linus.can('Microphone')).toBe(false);
    await host.press('Share screen');
    await grace.seesPicture('ada’s screen');
  });

  it('bring a viewer with a raised hand on stage, and the viewer steps down', async () => {
    const { host, linus, grace } = await room.seated();
    await bringOnStage(host, linus);
    await linus.press('Camera');
    await Promise.all([host.seesPicture('linus'), grace.seesPicture('linus')]);
    await linus.press('Leave the stage');
    await linus.says('You are back in the audience.');
    await Promise.all([host.misses('linus'), grace.misses('linus')]);
    expect(await linus.can('Microphone')).toBe(false);
    expect(await linus.can('Raise hand')).toBe(true);
  });

  it('send a promoted viewer back to the seat from the desk, and bring the viewer on stage once more', async () => {
    const { host, linus } = await room.seated();
    await bringOnStage(host, linus);
    await host.press('Back to audience: linus');
    await Promise.all([
      linus.says('A host has brought you back to the audience.'),
      host.says('linus is back in the audience.'), // Chime is the first to know; a hand needs the service's answer
    ]);
    await bringOnStage(host, linus);
  });

  it('bring a viewer without a raised hand on stage, because the viewer’s page gets the promotion', async () => {
    const { host, grace } = await room.seated();
    await host.press('Bring on stage: grace');
    await grace.says('You are on stage.');
    await host.sees('grace');
  });

  it('bring a viewer with a raised hand on stage by the API alone, of which no page is notified', async () => {
    const { host, linus } = await room.seated();
    await linus.press('Raise hand');
    await host.countsHands(1);
    await room.host.promote(room.meeting, 'linus');
    await linus.says('You are on stage.');
    await host.sees('linus');
  });

  it('stop waiting for the stage when the hand is lowered', async () => {
    const { host, linus } = await room.seated();
    await linus.press('Raise hand');
    await host.countsHands(1);
    await linus.press('Lower hand');
    await host.countsHands(0);
  });
});
