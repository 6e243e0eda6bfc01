import type { TestWorld } from '../support/local-world.ts';
import { refusalOf, uniqueMeetingId } from '../support/people.ts';
import { isGood, killPrimary, onStageAtChime, startStage } from '../support/stage/facts.ts';
import { audience, someone } from '../support/stage/people.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await startStage();
});
afterAll(() => world.close());

/** A meeting from which vic was banned. */
async function banned() {
  const name = uniqueMeetingId();
  const { host } = await audience(name, ['vic']);
  const vic = someone(name, 'vic');
  const before = await vic.seat();
  await host.remove('vic', { ban: true });
  return { name, host, vic, before };
}

describe('a banned person', () => {
  it('cannot join in any role, raise a hand, or be promoted', async () => {
    const { name, host, vic } = await banned();
    for (const role of ['viewer', 'presenter', 'host'] as const)
      expect(await refusalOf(someone(name, 'vic', { role }).join())).toBe('BANNED');
    expect(await refusalOf(vic.raise())).toBe('BANNED');
    expect(await refusalOf(host.promote('vic'))).toBe('NOT_JOINED');
    expect(await refusalOf(vic.promotion())).toBe('BANNED');
    expect(onStageAtChime(world, name)).toEqual(['the-host']);
  });

  it('has no valid credential', async () => {
    const { before } = await banned();
    const { Meeting, Attendee } = before;
    expect(isGood(world, { meetingId: Meeting.MeetingId, attendeeId: Attendee.AttendeeId })).toBe(false);
  });

  it('stays out in the next epoch', async () => {
    const { name, vic } = await banned();
    await killPrimary(world, name);
    expect((await someone(name, 'ida', { role: 'host' }).seat()).epoch).toBe(2);
    expect(await refusalOf(vic.join())).toBe('BANNED');
  });

  it('stays out when the meeting is ended and opened again', async () => {
    const { host, vic } = await banned();
    await host.end();
    await host.create();
    await host.seat();
    expect(await refusalOf(vic.join())).toBe('BANNED');
  });

  it('may be a person who never came', async () => {
    const { name, host } = await banned();
    await host.remove('a-stranger', { ban: true });
    expect(await refusalOf(someone(name, 'a-stranger').join())).toBe('BANNED');
  });

  it('may leave and step down, which changes nothing', async () => {
    const { vic, host } = await banned();
    expect((await vic.leave()).status).toBe(204);
    expect((await vic.demote('vic')).status).toBe(204);
    expect(await refusalOf(vic.join())).toBe('BANNED');
    expect((await host.bans()).body).toMatchObject({ bans: [{ externalUserId: 'vic' }] });
  });
});

describe('lifting a ban', () => {
  it('lets the person in, with a new seat', async () => {
    const { host, vic, before } = await banned();
    expect((await host.unban('vic')).status).toBe(204);
    const after = await vic.seat();
    expect(after.Attendee.AttendeeId).not.toBe(before.Attendee.AttendeeId);
    expect((await host.get()).body).toMatchObject({ viewers: 1 });
  });

  it('is idempotent, and succeeds for a person who was not banned', async () => {
    const { host } = await banned();
    await host.unban('vic');
    expect((await host.unban('vic')).status).toBe(204);
    expect((await host.unban('a-stranger')).status).toBe(204);
    expect((await host.bans()).body).toEqual({ bans: [] });
  });

  it('keeps a hand that was raised afterwards', async () => {
    const { host, vic } = await banned();
    await host.unban('vic');
    await vic.seat();
    await vic.raise();
    await host.unban('vic');
    expect((await host.hands()).body).toMatchObject({ hands: [{ externalUserId: 'vic' }] });
  });

  it('is refused in an unknown meeting, like the list of bans', async () => {
    const stranger = someone(uniqueMeetingId(), 'ida', { role: 'host' });
    expect(await refusalOf(stranger.unban('vic'))).toBe('MEETING_NOT_FOUND');
    expect(await refusalOf(stranger.bans())).toBe('MEETING_NOT_FOUND');
  });
});

describe('the list of bans', () => {
  it('is in the order of the bans, and a repeated ban keeps its place', async () => {
    const name = uniqueMeetingId();
    await audience(name, []);
    const people = Array.from({ length: 20 }, (_, n) => `person-${n}`);
    const ban = (who: string, later: number) =>
      someone(name, 'the-host', { role: 'host', later }).remove(who, { ban: true });
    for (const [n, who] of people.entries()) await ban(who, n * 10);
    await ban('person-3', 1000);
    const host = someone(name, 'the-host', { role: 'host' });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await host.bans({ limit: 6, ...(cursor && { cursor }) });
      const page = body as { bans: { externalUserId: string }[]; cursor?: string };
      seen.push(...page.bans.map(({ externalUserId }) => externalUserId));
      cursor = page.cursor;
    } while (cursor);
    expect(seen).toEqual(people);
  });
});
