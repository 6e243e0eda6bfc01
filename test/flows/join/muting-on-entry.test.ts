import { operations } from '../../../lib/contract.ts';
import { uniqueMeetingId } from '../../support/people.ts';
import { attendeeAtChime } from '../../support/stage/facts.ts';
import { useWorld } from '../support.ts';

const chime = useWorld();

const FULL = { Audio: 'SendReceive', Video: 'SendReceive', Content: 'SendReceive' };
const MUTED = { ...FULL, Audio: 'Receive' };
const WATCHING = { Audio: 'SendReceive', Video: 'Receive', Content: 'None' };

const hostOf = (name: string) => chime.person(name, 'the-host', { role: 'host' });
const presenter = (name: string, who = 'pia') => chime.person(name, who, { role: 'presenter' });
const mayOf = (name: string, who = 'pia') => attendeeAtChime(chime.world, name, who)?.capabilities;

/** A meeting with a host on stage. */
async function stage(options: object = {}) {
  const name = uniqueMeetingId();
  await hostOf(name).create({ meetingFeatures: { Attendee: { MaxCount: 60 } }, ...options });
  await hostOf(name).seat();
  return name;
}

describe('changing the microphone of a person on stage', () => {
  it('changes nothing else, whatever else the person is allowed', async () => {
    const name = await stage();
    await chime.person(name, 'vic').seat();
    await hostOf(name).promote('vic', { capabilities: WATCHING });
    const muted = await hostOf(name).capabilities('vic', { Audio: 'Receive' });
    expect(muted.body).toEqual({ externalUserId: 'vic', capabilities: { ...WATCHING, Audio: 'Receive' } });
    expect(mayOf(name, 'vic')).toEqual({ ...WATCHING, Audio: 'Receive' });
    await hostOf(name).capabilities('vic', { Audio: 'SendReceive' });
    expect(mayOf(name, 'vic')).toEqual(WATCHING);
  });

  it('works in a meeting without video, where Chime rejects its own default in explicit form', async () => {
    const meetingFeatures = { Video: { MaxResolution: 'None' }, Attendee: { MaxCount: 60 } };
    const name = await stage({ meetingFeatures });
    await presenter(name).seat();
    expect((await hostOf(name).capabilities('pia', { Audio: 'Receive' })).status).toBe(200);
    expect(mayOf(name)?.Audio).toBe('Receive');
    expect((await hostOf(name).capabilities('pia', { Audio: 'SendReceive' })).status).toBe(200);
    expect(mayOf(name)?.Audio).toBe('SendReceive');
  });
});

describe('a change of capabilities that names none', () => {
  it('is refused by the contract', () => {
    const { success } = operations.updateAttendee.body.safeParse({ capabilities: {} });
    expect(success).toBe(false);
  });
});

describe('a muted presenter who leaves and joins', () => {
  it.each(['by name', 'with all'] as const)('is still muted, where a host muted them %s', async (how) => {
    const name = await stage();
    await presenter(name).seat();
    if (how === 'by name') await hostOf(name).capabilities('pia', { Audio: 'Receive' });
    else await hostOf(name).muteAll();
    await presenter(name).leave();
    await presenter(name).seat();
    expect(mayOf(name)).toEqual(MUTED);
  });

  it('is still muted in the next epoch, and where the join asks for more', async () => {
    const name = await stage();
    await presenter(name).seat();
    await hostOf(name).muteAll();
    chime.kill(chime.live(name).find(({ primaryMeetingId }) => primaryMeetingId === null));
    chime.pass(60_000);
    await presenter(name).seat({ capabilities: FULL });
    expect(mayOf(name)).toEqual(MUTED);
  });

  it('may speak once a host unmuted them, also after another join', async () => {
    const name = await stage();
    await presenter(name).seat();
    await hostOf(name).muteAll();
    await hostOf(name).capabilities('pia', { Audio: 'SendReceive' });
    await presenter(name).leave();
    await presenter(name).seat();
    expect(mayOf(name)).toEqual(FULL);
  });

  it('may speak in the next incarnation of an ended name', async () => {
    const name = await stage();
    await presenter(name).seat();
    await hostOf(name).muteAll();
    await hostOf(name).end();
    await hostOf(name).create();
    await presenter(name).seat();
    expect(mayOf(name)?.Audio).toBe('SendReceive');
  });
});

describe('where newcomers are muted', () => {
  it('presenters and promoted viewers enter without a microphone, and hosts with theirs', async () => {
    const name = await stage({ muteOnJoin: true });
    await presenter(name).seat();
    await presenter(name, 'paul').seat({ capabilities: FULL });
    await chime.person(name, 'vic').seat();
    await hostOf(name).promote('vic');
    expect(['pia', 'paul', 'vic'].map((who) => mayOf(name, who))).toEqual([MUTED, MUTED, MUTED]);
    expect(mayOf(name, 'the-host')?.Audio).toBe('SendReceive');
  });

  it('the presenter who opens the stage is muted too', async () => {
    const name = uniqueMeetingId();
    await hostOf(name).create({ muteOnJoin: true, meetingFeatures: { Attendee: { MaxCount: 60 } } });
    await presenter(name).seat();
    expect(mayOf(name)).toEqual(MUTED);
  });

  it('a promotion with capabilities of its own gives these, and a self-chosen None stays None', async () => {
    const name = await stage({ muteOnJoin: true });
    await chime.person(name, 'vic').seat();
    await hostOf(name).promote('vic', { capabilities: WATCHING });
    await presenter(name).seat({ capabilities: { ...FULL, Audio: 'None' } });
    expect([mayOf(name, 'vic'), mayOf(name)?.Audio]).toEqual([WATCHING, 'None']);
  });

  it('applies until the host changes the option', async () => {
    const name = await stage({ muteOnJoin: true });
    await hostOf(name).create({ meetingFeatures: { Attendee: { MaxCount: 60 } } });
    await presenter(name).seat();
    expect(mayOf(name)?.Audio).toBe('SendReceive');
  });
});
