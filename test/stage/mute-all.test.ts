import type { TestWorld } from '../support/local-world.ts';
import { refusalOf, uniqueMeetingId } from '../support/people.ts';
import { attendeeAtChime, killPrimary, livePrimary, startStage, strike } from '../support/stage/facts.ts';
import { audience, credentialOf, someone } from '../support/stage/people.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await startStage();
});
afterAll(() => world.close());

const FULL = { Audio: 'SendReceive', Video: 'SendReceive', Content: 'SendReceive' };
const MUTED = { ...FULL, Audio: 'Receive' };

/** A host, two presenters and a promoted viewer, all on stage. */
async function fullStage(options: object = {}) {
  const name = uniqueMeetingId();
  const { host } = await audience(name, ['vic'], options);
  for (const who of ['pia', 'pol']) await someone(name, who, { role: 'presenter' }).seat();
  await host.promote('vic');
  const may = (who: string) => attendeeAtChime(world, name, who)?.capabilities;
  return { name, host, may };
}

describe('muting everyone', () => {
  it('mutes every person on stage but the caller', async () => {
    const { host, may } = await fullStage();
    expect((await host.muteAll()).status).toBe(204);
    expect([may('the-host'), may('pia'), may('pol'), may('vic')]).toEqual([FULL, MUTED, MUTED, MUTED]);
  });

  it('is open to presenters, and mutes the host, too', async () => {
    const { name, may } = await fullStage();
    await someone(name, 'pia', { role: 'presenter' }).muteAll();
    expect([may('the-host'), may('pia')]).toEqual([MUTED, FULL]);
  });

  it('is open to a caller who is not on stage, and then mutes everyone', async () => {
    const { name, may } = await fullStage();
    await someone(name, 'ida', { role: 'host' }).muteAll();
    for (const who of ['the-host', 'pia', 'pol', 'vic']) expect([who, may(who)]).toEqual([who, MUTED]);
  });

  it('keeps the video and content of people with other capabilities than usual', async () => {
    const { host, may } = await fullStage();
    await host.capabilities('pia', { Audio: 'SendReceive', Video: 'Receive', Content: 'None' });
    await host.capabilities('vic', { Audio: 'Send', Video: 'None', Content: 'None' });
    await host.muteAll();
    expect(may('pia')).toEqual({ Audio: 'Receive', Video: 'Receive', Content: 'None' });
    expect(may('vic')).toEqual({ Audio: 'Receive', Video: 'None', Content: 'None' });
    expect(may('pol')).toEqual(MUTED);
    expect(may('the-host')).toEqual(FULL);
  });

  it('adds no capability: a person whose audio is None keeps it so', async () => {
    const { host, may } = await fullStage();
    await host.capabilities('pia', { ...FULL, Audio: 'None' });
    await host.capabilities('vic', { Audio: 'None', Video: 'None', Content: 'None' });
    await host.muteAll();
    expect([may('pia')?.Audio, may('vic')?.Audio, may('pol')?.Audio]).toEqual(['None', 'None', 'Receive']);
  });

  it('shows in later reads: of a promoted viewer, and of a presenter who joins again', async () => {
    const { name, host } = await fullStage();
    await host.capabilities('pia', { ...FULL, Content: 'None' });
    await host.muteAll();
    expect((await credentialOf(someone(name, 'vic'))).Attendee.Capabilities).toEqual(MUTED);
    const again = (who: string) => someone(name, who, { role: 'presenter' }).seat();
    expect((await again('pol')).Attendee.Capabilities).toEqual(MUTED);
    expect((await again('pia')).Attendee.Capabilities).toEqual({ ...MUTED, Content: 'None' });
    expect((await someone(name, 'the-host', { role: 'host' }).seat()).Attendee.Capabilities).toEqual(FULL);
  });

  it('takes one batch call for all people with the usual capabilities', async () => {
    const { host } = await fullStage();
    const calls = () => structuredClone(world.emulator.state.calls);
    const before = calls();
    await host.muteAll();
    const count = (all: typeof before, operation: string) => all[operation as never]?.['200'] ?? 0;
    const grown = (operation: string) => count(calls(), operation) - count(before, operation);
    expect(grown('BatchUpdateAttendeeCapabilitiesExcept')).toBe(1);
    expect(grown('UpdateAttendeeCapabilities')).toBe(0);
  });

  it('changes nothing for a caller who is alone on stage, and is idempotent', async () => {
    const name = uniqueMeetingId();
    const { host } = await audience(name, []);
    await host.muteAll();
    expect((await host.muteAll()).status).toBe(204);
    expect(attendeeAtChime(world, name, 'the-host')?.capabilities).toEqual(FULL);
  });

  it.each([
    ['video', { Video: { MaxResolution: 'None' } }],
    ['content', { Content: { MaxResolution: 'None' } }],
    ['both', { Video: { MaxResolution: 'None' }, Content: { MaxResolution: 'None' } }],
  ])('works in a meeting without %s', async (_, meetingFeatures) => {
    const { host, may } = await fullStage({ meetingFeatures });
    expect((await host.muteAll()).status).toBe(204);
    for (const who of ['pia', 'pol', 'vic']) expect([who, may(who)?.Audio]).toEqual([who, 'Receive']);
    expect(may('the-host')?.Audio).toBe('SendReceive');
  });
});

describe('muting everyone where no one can be muted', () => {
  it('is refused when the meeting is ended or unknown', async () => {
    const { name, host } = await fullStage();
    await host.end();
    expect(await refusalOf(host.muteAll())).toBe('MEETING_ENDED');
    expect(await refusalOf(someone(uniqueMeetingId(), 'ida', { role: 'host' }).muteAll())).toBe(
      'MEETING_NOT_FOUND',
    );
    expect(livePrimary(world, name)).toBeUndefined();
  });

  it('succeeds at once on an empty stage, and with a dead primary', async () => {
    const name = uniqueMeetingId();
    const host = someone(name, 'the-host', { role: 'host' });
    await host.create();
    expect((await host.muteAll()).status).toBe(204);
    const stage = await fullStage();
    await killPrimary(world, stage.name);
    expect((await stage.host.muteAll()).status).toBe(204);
  });

  it('mutes all others when Chime fails for one person, and asks for a retry', async () => {
    const { host, may } = await fullStage();
    await host.capabilities('pia', { ...FULL, Content: 'None' });
    strike(world, 'UpdateAttendeeCapabilities', { fault: 'error-500', times: 3 });
    expect(await refusalOf(host.muteAll())).toBe('UPSTREAM_UNAVAILABLE');
    expect([may('pol'), may('vic')]).toEqual([MUTED, MUTED]);
    await host.muteAll();
    expect(may('pia')).toEqual({ ...MUTED, Content: 'None' });
  });

  it('asks for a retry when Chime fails, and then mutes', async () => {
    const { host, may } = await fullStage();
    strike(world, 'BatchUpdateAttendeeCapabilitiesExcept', { fault: 'error-500', times: 3 });
    expect(await refusalOf(host.muteAll())).toBe('UPSTREAM_UNAVAILABLE');
    await host.muteAll();
    expect(may('pia')).toEqual(MUTED);
  });
});
