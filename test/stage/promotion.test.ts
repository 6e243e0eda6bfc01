import type { TestWorld } from '../support/local-world.ts';
import { refusalOf, uniqueMeetingId } from '../support/people.ts';
import {
  attendeeAtChime,
  killPrimary,
  livePrimary,
  onStageAtChime,
  startStage,
  strike,
} from '../support/stage/facts.ts';
import { audience, credentialOf, someone } from '../support/stage/people.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await startStage();
});
afterAll(() => world.close());

const FULL = { Audio: 'SendReceive', Video: 'SendReceive', Content: 'SendReceive' };

/** A meeting whose viewer vic was promoted. */
async function promoted(options: object = {}, body: object = {}) {
  const name = uniqueMeetingId();
  const { host } = await audience(name, ['vic'], options);
  await host.promote('vic', body);
  return { name, host, vic: someone(name, 'vic') };
}

describe('granting a promotion', () => {
  it('is refused for a person who is not in the meeting, or has left', async () => {
    const name = uniqueMeetingId();
    const { host } = await audience(name, ['vic']);
    await someone(name, 'vic').leave();
    expect(await refusalOf(host.promote('vic'))).toBe('NOT_JOINED');
    expect(await refusalOf(host.promote('a-stranger'))).toBe('NOT_JOINED');
  });

  it('is refused in a meeting that is unknown, or ended', async () => {
    const name = uniqueMeetingId();
    const { host } = await audience(name, ['vic']);
    expect(await refusalOf(someone(uniqueMeetingId(), 'ida', { role: 'host' }).promote('vic'))).toBe(
      'MEETING_NOT_FOUND',
    );
    await host.end();
    expect(await refusalOf(host.promote('vic'))).toBe('MEETING_ENDED');
  });

  it('is idempotent for any host or presenter, and creates one attendee', async () => {
    const { name, host } = await promoted();
    const again = await someone(name, 'pia', { role: 'presenter' }).promote('vic');
    expect(again.body).toEqual({ externalUserId: 'vic', state: 'granted' });
    expect(again).toEqual(await host.promote('vic'));
    expect(onStageAtChime(world, name)).toEqual(['the-host', 'vic']);
  });

  it('is refused for a person who is on stage by role, and changes nothing', async () => {
    const name = uniqueMeetingId();
    const { host } = await audience(name, []);
    const pia = someone(name, 'pia', { role: 'presenter' });
    const before = await pia.seat();
    expect(await refusalOf(host.promote('pia'))).toBe('NOT_JOINED');
    expect(await refusalOf(pia.promotion())).toBe('NOT_PROMOTED');
    expect((await pia.seat()).Attendee).toEqual(before.Attendee);
  });

  it('gives the capabilities that the meeting allows, explicitly, unless the request names others', async () => {
    const usual = await promoted();
    expect((await credentialOf(usual.vic)).Attendee.Capabilities).toEqual(FULL);
    const audioOnly = { Audio: 'SendReceive', Video: 'Receive', Content: 'None' };
    const { vic, name } = await promoted({}, { capabilities: audioOnly });
    expect((await credentialOf(vic)).Attendee.Capabilities).toEqual(audioOnly);
    expect(attendeeAtChime(world, name, 'vic')?.capabilities).toEqual(audioOnly);
  });

  it('is refused by field where the meeting lacks the requested capability', async () => {
    const name = uniqueMeetingId();
    const features = { Video: { MaxResolution: 'None' }, Content: { MaxResolution: 'None' } };
    const { host } = await audience(name, ['vic'], { meetingFeatures: features });
    const refusal = await host.promote('vic', { capabilities: FULL }).catch((error) => error);
    expect(refusal).toMatchObject({ code: 'BAD_REQUEST', field: 'capabilities.Video' });
    expect(onStageAtChime(world, name)).toEqual(['the-host']);
    expect((await host.promote('vic')).status).toBe(200);
  });

  it('survives a lost response of Chime, and creates one attendee', async () => {
    const name = uniqueMeetingId();
    const { host } = await audience(name, ['vic']);
    strike(world, 'CreateAttendee', { fault: 'timeout-after' });
    expect((await host.promote('vic')).status).toBe(200);
    expect(onStageAtChime(world, name)).toEqual(['the-host', 'vic']);
  });

  it('asks for a retry when Chime fails, and then succeeds', async () => {
    const name = uniqueMeetingId();
    const { host } = await audience(name, ['vic']);
    strike(world, 'CreateAttendee', { fault: 'throttle' });
    expect(await refusalOf(host.promote('vic'))).toBe('UPSTREAM_UNAVAILABLE');
    expect(await refusalOf(someone(name, 'vic').promotion())).toBe('NOT_PROMOTED');
    expect((await host.promote('vic')).status).toBe(200);
  });
});

describe('a promoted viewer', () => {
  it('reads the same credential every time, for the primary and under their own name', async () => {
    const { name, vic } = await promoted();
    const first = await credentialOf(vic);
    expect(first.primaryMeetingId).toBe(livePrimary(world, name)?.meetingId);
    expect(first.Attendee.ExternalUserId).toBe('vic');
    expect(first.Attendee.AttendeeId).toBe(attendeeAtChime(world, name, 'vic')?.attendeeId);
    for (let time = 0; time < 3; time++) expect(await credentialOf(vic)).toEqual(first);
  });

  it('keeps their seat, and the credential through another join', async () => {
    const { vic } = await promoted();
    const first = await credentialOf(vic);
    const seat = await vic.seat();
    expect(seat.placement.kind).toBe('replica');
    expect(await credentialOf(vic)).toEqual(first);
  });

  it('loses the promotion by leaving', async () => {
    const { name, vic } = await promoted();
    await vic.leave();
    expect(onStageAtChime(world, name)).toEqual(['the-host']);
    expect(await refusalOf(vic.promotion())).toBe('NOT_PROMOTED');
  });

  it('is not promoted in the next epoch, nor after the end of the meeting', async () => {
    const { name, host, vic } = await promoted();
    await killPrimary(world, name);
    await someone(name, 'other-host', { role: 'host' }).seat();
    expect(await refusalOf(vic.promotion())).toBe('NOT_PROMOTED');
    await host.end();
    expect(await refusalOf(vic.promotion())).toBe('MEETING_ENDED');
  });
});

describe('reading a promotion', () => {
  it('is refused to all other people: viewers, presenters on stage, strangers', async () => {
    const { name, host } = await promoted();
    await someone(name, 'other').seat();
    await someone(name, 'pia', { role: 'presenter' }).seat();
    expect(await refusalOf(someone(name, 'other').promotion())).toBe('NOT_PROMOTED');
    expect(await refusalOf(someone(name, 'pia', { role: 'presenter' }).promotion())).toBe('NOT_PROMOTED');
    expect(await refusalOf(host.promotion())).toBe('NOT_PROMOTED');
    expect(await refusalOf(someone(name, 'a-stranger').promotion())).toBe('NOT_PROMOTED');
    expect(await refusalOf(someone(uniqueMeetingId(), 'vic').promotion())).toBe('MEETING_NOT_FOUND');
  });
});
