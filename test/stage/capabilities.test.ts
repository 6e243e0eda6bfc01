import { handler as updateAttendee } from '../../handlers/update-attendee.ts';
import type { TestWorld } from '../support/local-world.ts';
import { refusalOf, uniqueMeetingId } from '../support/people.ts';
import { attendeeAtChime, killPrimary, startStage, strike } from '../support/stage/facts.ts';
import { audience, credentialOf, someone } from '../support/stage/people.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await startStage();
});
afterAll(() => world.close());

const LISTEN = { Audio: 'Receive', Video: 'Receive', Content: 'Receive' };
const NO_VIDEO = { Video: { MaxResolution: 'None' } };
const NO_CONTENT = { Content: { MaxResolution: 'None' } };

async function withPresenter(options: object = {}) {
  const name = uniqueMeetingId();
  const { host } = await audience(name, ['vic'], options);
  await someone(name, 'pia', { role: 'presenter' }).seat();
  return { name, host };
}

/** The request as it comes over HTTP, parsed by the contract. */
async function patch(name: string, whom: string, capabilities: object) {
  const { statusCode, body = '' } = await updateAttendee(
    {
      headers: { 'content-type': 'application/json' },
      pathParameters: { externalMeetingId: name, externalUserId: whom },
      requestContext: { authorizer: { jwt: { claims: { sub: 'the-host', role: 'host' } } } },
      body: JSON.stringify({ capabilities }),
    },
    {},
  );
  const { code, field } = JSON.parse(body);
  return { statusCode, code, field };
}

describe('changing the capabilities of a person on stage', () => {
  it('takes effect at Chime at once, and is in the answer', async () => {
    const { name, host } = await withPresenter();
    const answer = await host.capabilities('pia', LISTEN);
    expect(answer).toEqual({ status: 200, body: { externalUserId: 'pia', capabilities: LISTEN } });
    expect(attendeeAtChime(world, name, 'pia')?.capabilities).toEqual(LISTEN);
  });

  it('is open to presenters, also for a host and for themselves, and is idempotent', async () => {
    const { name } = await withPresenter();
    const pia = someone(name, 'pia', { role: 'presenter' });
    for (const whom of ['the-host', 'pia', 'pia']) await pia.capabilities(whom, LISTEN);
    expect(attendeeAtChime(world, name, 'the-host')?.capabilities).toEqual(LISTEN);
    expect(attendeeAtChime(world, name, 'pia')?.capabilities).toEqual(LISTEN);
  });

  it('shows in the credential that a promoted viewer reads, which is otherwise the same', async () => {
    const { name, host } = await withPresenter();
    await host.promote('vic');
    const before = await credentialOf(someone(name, 'vic'));
    await host.capabilities('vic', LISTEN);
    const Attendee = { ...before.Attendee, Capabilities: LISTEN };
    expect(await credentialOf(someone(name, 'vic'))).toEqual({ ...before, Attendee });
  });

  it('shows in the answer to a presenter who joins again', async () => {
    const { name, host } = await withPresenter();
    await host.capabilities('pia', LISTEN);
    const { Attendee } = await someone(name, 'pia', { role: 'presenter' }).seat();
    expect(Attendee.Capabilities).toEqual(LISTEN);
  });

  it('survives a lost response of Chime', async () => {
    const { name, host } = await withPresenter();
    strike(world, 'UpdateAttendeeCapabilities', { fault: 'timeout-after' });
    expect((await host.capabilities('pia', LISTEN)).status).toBe(200);
    expect(attendeeAtChime(world, name, 'pia')?.capabilities).toEqual(LISTEN);
  });
});

describe('changing the capabilities of a person is refused', () => {
  it('for people who are not on stage: a seated viewer, a stranger, a demoted viewer, a person who left', async () => {
    const { name, host } = await withPresenter();
    const refused = (whom: string) => refusalOf(host.capabilities(whom, LISTEN));
    expect(await refused('vic')).toBe('NOT_JOINED');
    expect(await refused('a-stranger')).toBe('NOT_JOINED');
    await host.promote('vic');
    await host.demote('vic');
    expect(await refused('vic')).toBe('NOT_JOINED');
    await someone(name, 'pia', { role: 'presenter' }).leave();
    expect(await refused('pia')).toBe('NOT_JOINED');
  });

  it('when the primary is dead, the meeting ended, or unknown', async () => {
    const { name, host } = await withPresenter();
    await killPrimary(world, name);
    expect(await refusalOf(host.capabilities('pia', LISTEN))).toBe('NOT_JOINED');
    await host.end();
    expect(await refusalOf(host.capabilities('pia', LISTEN))).toBe('MEETING_ENDED');
    const stranger = someone(uniqueMeetingId(), 'ida', { role: 'host' });
    expect(await refusalOf(stranger.capabilities('pia', LISTEN))).toBe('MEETING_NOT_FOUND');
  });

  it.each([
    ['content without video', {}, { ...LISTEN, Video: 'None' }, 'capabilities.Content'],
    ['content while only sending video', {}, { ...LISTEN, Video: 'Send' }, 'capabilities.Content'],
    ['video where there is none', NO_VIDEO, { ...LISTEN, Content: 'None' }, 'capabilities.Video'],
    ['content where there is none', NO_CONTENT, LISTEN, 'capabilities.Content'],
    ['a word that Chime does not know', {}, { ...LISTEN, Audio: 'Whisper' }, 'capabilities.Audio'],
    ['incomplete capabilities', {}, { Audio: 'Receive', Video: 'None' }, 'capabilities.Content'],
  ])('by its field for %s', async (_, meetingFeatures, capabilities, field) => {
    const { name } = await withPresenter({ meetingFeatures });
    const before = attendeeAtChime(world, name, 'pia')?.capabilities;
    expect(await patch(name, 'pia', capabilities)).toEqual({ statusCode: 400, code: 'BAD_REQUEST', field });
    expect(attendeeAtChime(world, name, 'pia')?.capabilities).toEqual(before);
  });
});
