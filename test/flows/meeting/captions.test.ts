import { NO_TRANSCRIPTION } from '../../../emulator/state/transcription/transcription.ts';
import { applyEvent } from '../../../lib/flows/epoch/apply-event.ts';
import { writeMetrics } from '../../../lib/metrics.ts';
import { readSettings } from '../../../lib/settings.ts';
import { claimCaptions, setWish } from '../../../lib/store/topology/captions.ts';
import { freshTopology } from '../../../lib/store/topology/topologies.ts';
import { reconcileMeeting } from '../../reconcile/one-name.ts';
import { refusalOf, uniqueMeetingId } from '../../support/people.ts';
import { LEASE_IS_OVER_MS, useWorld } from '../support.ts';

const chime = useWorld();
const GERMAN = { languageCode: 'de-DE' } as const;
/** Between two events: far longer than a slow machine needs to apply one (milliseconds). */
const MINUTE = 60_000;

/** The metrics about captions since the last call, without their directives. */
function captionMetrics() {
  const lines: Record<string, unknown>[] = [];
  writeMetrics({
    now: () => 0,
    settings: () => readSettings({ STAGE: 'test' }),
    write: (line) => void lines.push(JSON.parse(line)),
  });
  const all = lines.map(({ _aws, stage, ...members }) => members);
  return all.filter((members) => Object.keys(members).some((name) => name.startsWith('Captions')));
}

/** A name, and its host on stage if there is one. */
async function show({ isOpen = true } = {}) {
  const name = uniqueMeetingId();
  const host = chime.person(name, 'the-host', { role: 'host' });
  await host.create({});
  if (isOpen) await host.seat();
  const primary = () => chime.live(name).find(({ primaryMeetingId }) => primaryMeetingId === null);
  /** What Chime transcribes, if anything. */
  const atChime = () => primary()?.transcription.configuration?.EngineTranscribeSettings?.LanguageCode;
  const captions = async (who = host) => ((await who.get()).body as { captions?: object }).captions;
  /** An event of the primary, `inMs` from now. */
  const tell = (type: string, inMs = 0, message?: string) =>
    applyEvent(
      {
        eventType: `chime:Transcription${type}`,
        timestamp: chime.now() + inMs,
        meetingId: primary()?.meetingId ?? '',
        externalMeetingId: name,
        ...(message && { message }),
      },
      chime.now(),
    );
  const reconcile = () => reconcileMeeting(name, chime.call('reconcile', { role: 'host' }));
  return { name, host, primary, atChime, captions, tell, reconcile };
}

describe('turning captions on', () => {
  it.each([
    [{}, 'languageCode'],
    [{ languageCode: 'de-DE', identifyLanguage: true }, 'languageCode'],
    [{ languageCode: 'de-DE', languageOptions: ['de-DE', 'en-US'] }, 'languageOptions'],
    [{ identifyLanguage: true, languageOptions: ['en-US', 'en-AU'] }, 'languageOptions'],
    [{ identifyLanguage: true, preferredLanguage: 'en-US' }, 'preferredLanguage'],
    [{ identifyLanguage: true, vocabularyName: 'mine' }, 'vocabularyName'],
    [{ languageCode: 'de-DE', vocabularyNames: ['mine'] }, 'vocabularyNames'],
    [{ languageCode: 'de-DE', piiEntityTypes: ['NAME'] }, 'piiEntityTypes'],
    [{ languageCode: 'de-DE', contentIdentificationType: 'PHI' }, 'contentIdentificationType'],
    [{ languageCode: 'de-DE', specialty: 'UROLOGY' }, 'specialty'],
    [{ engine: 'medical', languageCode: 'de-DE' }, 'languageCode'],
    [{ engine: 'medical', languageCode: 'en-US', specialty: 'UROLOGY' }, 'type'],
    [{ engine: 'medical', languageCode: 'en-US', languageModelName: 'm' }, 'languageModelName'],
  ])('refuses %j by the field %s, and records nothing', async (settings, field) => {
    const { host, captions } = await show({ isOpen: false });
    await expect(host.setCaptions(settings)).rejects.toMatchObject({ code: 'BAD_REQUEST', field });
    expect(await captions()).toBeUndefined();
  });

  it('is refused for an unknown name and for one that is ended', async () => {
    const { host } = await show({ isOpen: false });
    await host.end();
    expect(await refusalOf(host.setCaptions(GERMAN))).toBe('MEETING_ENDED');
    const stranger = chime.person(uniqueMeetingId(), 'h', { role: 'host' });
    expect(await refusalOf(stranger.setCaptions(GERMAN))).toBe('MEETING_NOT_FOUND');
  });

  it('asks Chime for the primary, in the region auto, and asks once for a repeated request', async () => {
    const { host, primary } = await show();
    const before = chime.callsOf('StartMeetingTranscription');
    const answer = await host.setCaptions(GERMAN);
    expect(answer).toEqual({ status: 200, body: { state: 'starting', languageCode: 'de-DE' } });
    await host.setCaptions(GERMAN);
    expect(chime.callsOf('StartMeetingTranscription')).toBe(before + 1);
    expect(primary()?.transcription.configuration).toEqual({
      EngineTranscribeSettings: { LanguageCode: 'de-DE', Region: 'auto' },
    });
  });

  it('changes captions that run, and a stop turns them off, also when it is repeated', async () => {
    const { host, atChime, captions } = await show();
    await host.setCaptions(GERMAN);
    await host.setCaptions({ languageCode: 'fr-FR' });
    expect(atChime()).toBe('fr-FR');
    expect(await host.stopCaptions()).toEqual({ status: 204 });
    expect(await host.stopCaptions()).toEqual({ status: 204 });
    expect(atChime()).toBeUndefined();
    expect(await captions()).toEqual({ state: 'off' });
  });

  it('before the first join has its effect once the primary is opened', async () => {
    const { host, atChime } = await show({ isOpen: false });
    expect((await host.setCaptions(GERMAN)).body).toMatchObject({ state: 'starting' });
    await host.seat();
    expect(atChime()).toBe('de-DE');
  });

  it('holds in the next epoch, and not after a reopening', async () => {
    const { host, primary, atChime, captions, reconcile } = await show();
    await host.setCaptions(GERMAN);
    chime.kill(primary());
    chime.pass(60_000);
    await reconcile();
    await chime.persist(host.join);
    expect(atChime()).toBe('de-DE');
    await host.end();
    await host.reopen();
    await host.seat();
    expect([await captions(), atChime()]).toEqual([undefined, undefined]);
  });
});

describe('settings that Chime rejects', () => {
  it('fail, count for the alarm, and are not asked for again until a host changes them', async () => {
    const { name, host, captions, atChime, reconcile } = await show();
    const topology = await freshTopology(name, chime.now());
    if (!topology) throw new Error('no topology');
    // No request asks for this, because the contract refuses it.
    await setWish(topology, { version: 1, by: 'r', settings: { languageCode: 'xx-XX' } as never });
    captionMetrics();
    await reconcile();
    const detail = expect.stringContaining('rejects these settings');
    expect(await captions()).toEqual({ state: 'failed', languageCode: 'xx-XX', detail });
    expect(captionMetrics()).toEqual([{ CaptionsFailed: 1 }]);
    const before = chime.callsOf('StartMeetingTranscription');
    await reconcile();
    expect(chime.callsOf('StartMeetingTranscription')).toBe(before);
    await host.setCaptions({ languageCode: 'fr-FR' });
    expect(atChime()).toBe('fr-FR');
    expect(await captions()).toMatchObject({ state: 'starting' });
  });
});

describe('the reconciler', () => {
  it('asks Chime after throttling', async () => {
    const { host, atChime, reconcile } = await show();
    chime.strike('StartMeetingTranscription', 'throttle', 3);
    expect((await host.setCaptions(GERMAN)).body).toMatchObject({ state: 'starting' });
    expect(atChime()).toBeUndefined();
    await reconcile();
    expect(atChime()).toBe('de-DE');
  });

  it.each(['throttle', 'error-503'] as const)(
    'stops captions after a stop that met %s, and until then the state is not off',
    async (fault) => {
      const { host, atChime, captions, tell, reconcile } = await show();
      await host.setCaptions(GERMAN);
      await tell('Started');
      chime.strike('StopMeetingTranscription', fault, 3);
      expect(await refusalOf(host.stopCaptions())).toBe('UPSTREAM_UNAVAILABLE');
      expect([await captions(), atChime()]).toEqual([{ state: 'stopping' }, 'de-DE']);
      await reconcile();
      expect([await captions(), atChime()]).toEqual([{ state: 'off' }, undefined]);
    },
  );

  it('says that captions are stopping while a request tells Chime, and while Chime reports that they run', async () => {
    const { name, host, captions, tell } = await show();
    await host.setCaptions(GERMAN);
    const topology = await freshTopology(name, chime.now());
    if (!topology) throw new Error('no topology');
    const stopped = await setWish(topology, { version: 2, by: 'another' });
    if (stopped === 'conflict') throw new Error('the wish is another one');
    await claimCaptions(stopped, { owner: 'another', until: chime.now() + 20_000 }, chime.now());
    expect(await captions()).toEqual({ state: 'stopping' });
    chime.pass(LEASE_IS_OVER_MS);
    expect(await host.stopCaptions()).toEqual({ status: 204 });
    expect(await captions()).toEqual({ state: 'off' });
    await tell('Started', 6000);
    expect(await captions()).toEqual({ state: 'stopping' });
  });

  it('asks Chime after a crash between the wish and the call', async () => {
    const { name, atChime, reconcile } = await show();
    const topology = await freshTopology(name, chime.now());
    if (!topology) throw new Error('no topology');
    const wish = { version: 1, by: 'crashed', settings: GERMAN };
    await setWish(topology, wish);
    const lease = { owner: 'crashed', until: chime.now() + 20_000 };
    expect(await claimCaptions({ ...topology, captions: wish }, lease, chime.now())).toBe('claimed');
    await reconcile();
    expect(atChime()).toBeUndefined(); // the other request may be asking still
    chime.pass(LEASE_IS_OVER_MS);
    await reconcile();
    expect(atChime()).toBe('de-DE');
  });

  it.each(['throttle', 'error-503'] as const)(
    'asks again where Chime reported an end and the next start met %s',
    async (fault) => {
      const { host, primary, atChime, tell, reconcile } = await show();
      await host.setCaptions(GERMAN);
      Object.assign(primary() ?? {}, { transcription: NO_TRANSCRIPTION });
      await tell('Stopped', MINUTE);
      chime.pass(2 * MINUTE);
      chime.strike('StartMeetingTranscription', fault, 3);
      await reconcile();
      expect(atChime()).toBeUndefined();
      chime.pass(MINUTE);
      await reconcile();
      expect(atChime()).toBe('de-DE');
    },
  );

  it('stops captions that Chime reports although no host wants them', async () => {
    const { host, primary, atChime, tell, reconcile } = await show();
    await host.setCaptions(GERMAN);
    const late = structuredClone(primary()?.transcription);
    await host.stopCaptions();
    Object.assign(primary() ?? {}, { transcription: late });
    await tell('Started', 6000);
    await reconcile();
    expect(atChime()).toBeUndefined();
  });
});

describe('an event of captions', () => {
  it.each([
    [['Started']],
    [['Started', 'Interrupted', 'Resumed']],
    [['Started', 'Interrupted']],
    [['Started', 'Failed']],
  ])('%j counts by its time, in whatever order and however often it comes', async (types) => {
    const expected = { Started: 'on', Resumed: 'on', Interrupted: 'interrupted', Failed: 'failed' };
    const last = expected[types.at(-1) as keyof typeof expected];
    for (const isReversed of [false, true]) {
      const { host, captions, tell } = await show();
      await host.setCaptions(GERMAN);
      const events = types.map((type, k) => () => tell(type, k * MINUTE));
      for (const event of isReversed ? events.reverse() : events) await event();
      await events[0]?.();
      expect(await captions()).toMatchObject({ state: last });
    }
  });

  it('of a failure tells managers the likely cause, and viewers only that captions failed', async () => {
    const { name, host, captions, tell } = await show();
    await host.setCaptions(GERMAN);
    await tell('Failed', 0, 'AccessDenied: sts:AssumeRole');
    expect(await captions()).toMatchObject({
      state: 'failed',
      detail: expect.stringMatching(/AccessDenied.*AWSServiceRoleForAmazonChimeTranscription/),
    });
    const vic = chime.person(name, 'vic');
    const joined = (await vic.seat()) as { captions?: object };
    expect(joined.captions).toEqual({ state: 'failed', languageCode: 'de-DE' });
    expect(await captions(vic)).toEqual({ state: 'failed', languageCode: 'de-DE' });
  });

  it('of a failure of captions that ran names no missing role', async () => {
    const { host, captions, tell } = await show();
    await host.setCaptions(GERMAN);
    await tell('Failed', 2 * MINUTE, 'The stream reached its longest duration');
    const detail =
      'Amazon Transcribe failed. Chime says: The stream reached its longest duration. Turn captions on again.';
    expect(await captions()).toMatchObject({ detail });
  });

  it('of a failure keeps the first 300 characters of its message, and no half of one', async () => {
    const { host, captions, tell } = await show();
    await host.setCaptions(GERMAN);
    await tell('Failed', 0, `${'x'.repeat(299)}😀😀`);
    expect(await captions()).toMatchObject({ detail: expect.stringContaining('x😀. A likely cause') });
  });

  it('of a failure is counted for the alarm, one of a start for the dashboard, and a stop is not', async () => {
    const { host, tell } = await show();
    await host.setCaptions(GERMAN);
    captionMetrics();
    await tell('Started');
    await tell('Failed', MINUTE);
    await tell('Stopped', 2 * MINUTE);
    expect(captionMetrics()).toEqual([{ CaptionsOn: 1 }, { CaptionsFailed: 1 }]);
  });

  it('of a failure lets a repeated request try again', async () => {
    const { host, captions, tell } = await show();
    await host.setCaptions(GERMAN);
    await tell('Failed');
    const before = chime.callsOf('StartMeetingTranscription');
    // At once, so that the failure is as recent as the request.
    expect((await host.setCaptions(GERMAN)).body).toEqual({ state: 'starting', languageCode: 'de-DE' });
    expect(chime.callsOf('StartMeetingTranscription')).toBe(before + 1);
    await tell('Failed', MINUTE);
    expect(await captions()).toMatchObject({ state: 'failed' });
  });

  it('of another meeting than the primary changes nothing', async () => {
    const { name, host, captions } = await show();
    await host.setCaptions(GERMAN);
    const event = { eventType: 'chime:TranscriptionFailed', timestamp: chime.now(), meetingId: 'other' };
    expect(await applyEvent({ ...event, externalMeetingId: name }, chime.now())).toBe('ignored');
    expect(await captions()).toMatchObject({ state: 'starting' });
  });
});
