import { createEmulator } from '../../../emulator/index.ts';
import { openMeeting } from '../builders.ts';
import { advance, outOfBand } from '../out-of-band.ts';
import { refusalOf } from '../refusals.ts';
import { useEmulator } from '../support.ts';

const world = useEmulator();

const GERMAN = { EngineTranscribeSettings: { LanguageCode: 'de-DE' as const } };
const FRENCH = { EngineTranscribeSettings: { LanguageCode: 'fr-FR' as const } };

const start = (MeetingId: string, TranscriptionConfiguration: object = GERMAN) =>
  world.chime.startMeetingTranscription({ MeetingId, TranscriptionConfiguration });
const stop = (MeetingId: string) => world.chime.stopMeetingTranscription({ MeetingId });
const set = (options: object) => outOfBand(world.emulator, 'PUT options', options);
const change = (meetingId: string, event: string) =>
  outOfBand(world.emulator, 'POST transcription', { meetingId, event });

interface Detail {
  [member: string]: string;
}

/** The events of transcriptions and of ends so far, without the common prefix. */
async function events(): Promise<Detail[]> {
  const { body } = await outOfBand(world.emulator, 'GET events');
  const details: Detail[] = body.map(({ event }: { event: { detail: Detail } }) => event.detail);
  return details.filter(({ eventType }) => /Transcription|Ended/.test(eventType ?? ''));
}

const types = async () =>
  (await events()).map(({ eventType }) => eventType?.replace(/chime:(Transcription)?/, ''));

/** The transcription of the only meeting. */
async function transcription(): Promise<unknown> {
  const { body } = await outOfBand(world.emulator, 'GET meetings');
  return body[0].transcription;
}

describe('a transcription in the emulator', () => {
  it('starts, is on after a while, and then reports its region and its configuration', async () => {
    await set({ transcriptionStartMs: 120_000 });
    const { MeetingId } = await openMeeting(world.chime);
    expect(await transcription()).toEqual({ state: 'off', configuration: null });
    await start(MeetingId);
    await advance(world.emulator, 60_000);
    expect(await transcription()).toEqual({ state: 'starting', configuration: GERMAN });
    expect(await types()).toEqual([]);
    await advance(world.emulator, 60_000);
    expect(await transcription()).toEqual({ state: 'on', configuration: GERMAN });
    expect(await events()).toEqual([
      expect.objectContaining({
        version: '0',
        eventType: 'chime:TranscriptionStarted',
        meetingId: MeetingId,
        externalMeetingId: 'town-hall',
        mediaRegion: 'us-east-1',
        transcriptionRegion: 'us-east-1',
        transcriptionConfiguration: JSON.stringify(GERMAN),
      }),
    ]);
  });

  it('takes other settings while it runs, and reports that it started again', async () => {
    const { MeetingId } = await openMeeting(world.chime);
    await start(MeetingId);
    await advance(world.emulator, 1000);
    await start(MeetingId, FRENCH);
    expect(await transcription()).toEqual({ state: 'on', configuration: FRENCH });
    await advance(world.emulator, 1000);
    const [, again, ...more] = await events();
    expect(more).toEqual([]);
    expect(again).toMatchObject({ eventType: 'chime:TranscriptionStarted' });
    expect(again?.transcriptionConfiguration).toBe(JSON.stringify(FRENCH));
  });

  it('is stopped by StopMeetingTranscription, and a second stop is accepted without an event', async () => {
    const { MeetingId } = await openMeeting(world.chime);
    await start(MeetingId);
    await advance(world.emulator, 1000);
    await stop(MeetingId);
    await stop(MeetingId);
    expect(await types()).toEqual(['Started', 'Stopped']);
    expect(await transcription()).toEqual({ state: 'off', configuration: null });
  });

  it('is stopped by the end of its meeting, before the meeting reports its end', async () => {
    const { MeetingId } = await openMeeting(world.chime);
    await start(MeetingId);
    await world.chime.deleteMeeting({ MeetingId });
    await advance(world.emulator, 1000);
    expect(await types()).toEqual(['Stopped', 'MeetingEnded']);
  });

  it('fails without the service-linked role, and tells that by an event', async () => {
    await set({ transcriptionRole: false });
    const { MeetingId } = await openMeeting(world.chime);
    await start(MeetingId);
    await advance(world.emulator, 1000);
    const [failure] = await events();
    expect(failure?.eventType).toBe('chime:TranscriptionFailed');
    expect(failure?.message).toContain('AWSServiceRoleForAmazonChimeTranscription');
    expect(await transcription()).toMatchObject({ state: 'failed' });
  });

  it('fails in a media region without Transcribe, unless the region is auto', async () => {
    const { MeetingId } = await openMeeting(world.chime, { MediaRegion: 'eu-west-3' });
    await start(MeetingId);
    await advance(world.emulator, 1000);
    await start(MeetingId, { EngineTranscribeSettings: { LanguageCode: 'de-DE', Region: 'auto' } });
    await advance(world.emulator, 1000);
    expect(await types()).toEqual(['Failed', 'Started']);
    expect((await events()).map(({ transcriptionRegion }) => transcriptionRegion)).toEqual([
      'eu-west-3',
      'eu-central-1',
    ]);
  });

  it('is interrupted, resumes and fails on request, each only from where it can', async () => {
    const { MeetingId } = await openMeeting(world.chime);
    expect((await change(MeetingId, 'interrupted')).status).toBe(400);
    await start(MeetingId);
    await advance(world.emulator, 1000);
    expect((await change(MeetingId, 'resumed')).status).toBe(400);
    for (const event of ['interrupted', 'resumed', 'failed'])
      expect((await change(MeetingId, event)).status).toBe(200);
    expect(await types()).toEqual(['Started', 'Interrupted', 'Resumed', 'Failed']);
  });

  it('has the same events in an emulator without sockets', () => {
    expect(() => createEmulator().meetings.transcription('unknown', 'failed')).toThrow('no live meeting');
  });
});

describe('the option for undocumented behaviour', () => {
  it.each(['BadRequestException', 'UnprocessableEntityException'])(
    'transcriptionOfReplica refuses to transcribe a replica with %s',
    async (name) => {
      await set({ transcriptionOfReplica: name });
      const { MeetingId: PrimaryMeetingId } = await openMeeting(world.chime);
      const { MeetingId } = await openMeeting(world.chime, { PrimaryMeetingId });
      expect(await refusalOf(start(MeetingId))).toMatchObject({ name });
    },
  );

  it('transcriptionOfReplica accepts the start in a replica', async () => {
    await set({ transcriptionOfReplica: 'accept' });
    const { MeetingId: PrimaryMeetingId } = await openMeeting(world.chime);
    const { MeetingId } = await openMeeting(world.chime, { PrimaryMeetingId });
    expect((await start(MeetingId)).$metadata.httpStatusCode).toBe(200);
  });

  it('stopWhileOff refuses to stop a transcription that is off', async () => {
    await set({ stopWhileOff: 'NotFoundException' });
    const { MeetingId } = await openMeeting(world.chime);
    expect(await refusalOf(stop(MeetingId))).toMatchObject({ name: 'NotFoundException' });
  });

  it.each([
    ['none', ['Started']],
    ['fail', ['Started', 'Failed']],
    ['resume', ['Started', 'Interrupted', 'Resumed']],
  ])(
    'transcriptionLimit %s decides what becomes of a stream of four hours',
    async (transcriptionLimit, seen) => {
      await set({ transcriptionLimit, idleEndMs: 86_400_000 });
      const { MeetingId } = await openMeeting(world.chime);
      await start(MeetingId);
      await advance(world.emulator, 14_401_000);
      expect(await types()).toEqual(seen);
    },
  );

  it('stoppedEventAtEnd leaves out the event of a transcription that ends with its meeting', async () => {
    await set({ stoppedEventAtEnd: false });
    const { MeetingId } = await openMeeting(world.chime);
    await start(MeetingId);
    await world.chime.deleteMeeting({ MeetingId });
    expect(await types()).toEqual(['MeetingEnded']);
  });
});
