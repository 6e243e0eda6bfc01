import { isStreamOld } from '../../../lib/domain/captions/state.ts';
import { isLive, type LiveTopology } from '../../../lib/domain/meeting/topology.ts';
import { applyEvent } from '../../../lib/flows/epoch/apply-event.ts';
import { settleCaptions } from '../../../lib/flows/stage/captions.ts';
import { freshTopology } from '../../../lib/store/topology/topologies.ts';
import { reconcileMeeting } from '../../reconcile/one-name.ts';
import { dieAt, prepareCrossing } from '../../support/crossing.ts';
import { uniqueMeetingId } from '../../support/people.ts';
import { LEASE_IS_OVER_MS, useWorld } from '../support.ts';

const HALF_AN_HOUR_MS = 1_800_000;
const RESTART_MS = 13_800_000;
const chime = useWorld({ END_EMPTY_AFTER_MS: '0', CAPTIONS_RESTART_MS: `${RESTART_MS}` });
beforeAll(prepareCrossing);
beforeEach(() => chime.chimeWill({ transcriptionLimit: 'fail', idleEndMs: 86_400_000 }));

const pass = (ms: number) => {
  chime.pass(ms);
  chime.passAtChime(ms);
};

/** A meeting with captions that Chime reports to run. */
async function show() {
  const name = uniqueMeetingId();
  const host = chime.person(name, 'the-host', { role: 'host' });
  await host.create({});
  await host.seat();
  await host.setCaptions({ languageCode: 'de-DE' });
  pass(2000);
  /** The transcription of the primary at Chime, once Transcribe has answered. */
  const atChime = () => {
    chime.passAtChime(2000);
    return chime.live(name).find(({ primaryMeetingId }) => primaryMeetingId === null)?.transcription;
  };
  const topology = async (): Promise<LiveTopology> => {
    const read = await freshTopology(name, chime.now());
    if (!isLive(read)) throw new Error('not live');
    return read;
  };
  const settle = async () =>
    settleCaptions(await topology(), chime.call('reconcile', { role: 'host' }), 'reconciling');
  const reconcile = () => reconcileMeeting(name, chime.call('reconcile', { role: 'host' }));
  return { name, host, atChime, topology, settle, reconcile };
}

describe('captions that run for hours', () => {
  it('are restarted by the reconciler before Transcribe ends their stream after four hours', async () => {
    const { atChime, reconcile } = await show();
    const stops = chime.callsOf('StopMeetingTranscription');
    for (let n = 0; n < 20; n++) {
      pass(HALF_AN_HOUR_MS);
      await reconcile();
      expect(atChime()?.state).toBe('on');
    }
    expect(chime.callsOf('StopMeetingTranscription') - stops).toBe(2);
  });

  it('keep the age of their stream when their settings change, because Chime may keep the stream', async () => {
    const { host, atChime, settle } = await show();
    pass(RESTART_MS - 60_000);
    await host.setCaptions({ languageCode: 'fr-FR' });
    pass(60_000);
    const stops = chime.callsOf('StopMeetingTranscription');
    await settle();
    expect(chime.callsOf('StopMeetingTranscription')).toBe(stops + 1);
    expect(atChime()?.configuration?.EngineTranscribeSettings?.LanguageCode).toBe('fr-FR');
  });

  it('begin a new age after they were off', async () => {
    const { host, settle } = await show();
    pass(RESTART_MS);
    await host.stopCaptions();
    await host.setCaptions({ languageCode: 'de-DE' });
    const stops = chime.callsOf('StopMeetingTranscription');
    await settle();
    expect(chime.callsOf('StopMeetingTranscription')).toBe(stops);
  });

  it('that failed seconds after their start stay failed, and begin a new age when a host turns them on again', async () => {
    const { name, host, topology, settle } = await show();
    const read = await topology();
    const { Meeting, captionsAsked } = read.primary;
    await applyEvent(
      {
        ...{ eventType: 'chime:TranscriptionFailed', timestamp: (captionsAsked?.at ?? 0) + 2000 },
        ...{ meetingId: Meeting.MeetingId, externalMeetingId: name },
      },
      chime.now(),
    );
    chime.pass(RESTART_MS);
    const starts = chime.callsOf('StartMeetingTranscription');
    await settle();
    expect(chime.callsOf('StartMeetingTranscription')).toBe(starts);
    await host.setCaptions({ languageCode: 'de-DE' });
    expect(chime.callsOf('StartMeetingTranscription')).toBe(starts + 1);
    const now = chime.now() + RESTART_MS - 60_000;
    expect(isStreamOld(await topology(), { now, restartMs: RESTART_MS })).toBe(false);
  });

  it('are never restarted with the setting 0', async () => {
    const { topology } = await show();
    const read = await topology();
    const now = chime.now() + RESTART_MS;
    expect(isStreamOld(read, { now, restartMs: RESTART_MS })).toBe(true);
    expect(isStreamOld(read, { now: now - 60_000, restartMs: RESTART_MS })).toBe(false);
    expect(isStreamOld(read, { now, restartMs: 0 })).toBe(false);
  });
});

describe('a restart of captions', () => {
  it('that dies at any request is finished once its lease is over', async () => {
    let requests = 0;
    for (let hasDied = true; hasDied; requests++) {
      const { atChime, settle } = await show();
      pass(RESTART_MS);
      hasDied = await dieAt(requests + 1, settle);
      pass(LEASE_IS_OVER_MS);
      expect(await settle()).toBe('settled');
      const { state, streamingSince } = atChime() ?? {};
      expect([state, chime.world.emulator.state.clock.now() - Number(streamingSince) < 60_000]).toEqual([
        'on',
        true,
      ]);
    }
    expect(requests).toBeGreaterThan(6);
  });

  it('whose start is throttled says starting, and the next pass starts the captions', async () => {
    const { name, host, atChime, topology, settle } = await show();
    const meetingId = (await topology()).primary.Meeting.MeetingId;
    pass(RESTART_MS);
    const started = { eventType: 'chime:TranscriptionStarted', meetingId, externalMeetingId: name };
    await applyEvent({ ...started, timestamp: chime.now() }, chime.now());
    expect((await host.get()).body).toMatchObject({ captions: { state: 'on' } });
    chime.strike('StartMeetingTranscription', 'throttle', 3);
    expect(await settle()).toBe('throttled');
    expect(atChime()?.state).toBe('off');
    expect((await host.get()).body).toMatchObject({ captions: { state: 'starting' } });
    expect(await settle()).toBe('settled');
    expect(atChime()?.state).toBe('on');
  });
});
