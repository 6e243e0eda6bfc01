import { TranscriptEventConverter } from 'amazon-chime-sdk-js/build/transcript/TranscriptEvent.js';
import { openMeeting } from '../builders.ts';
import { advance, outOfBand } from '../out-of-band.ts';
import { joinAs, type ScriptedClient } from './client.ts';
import { type Place, type Seat, useSignaling } from './support.ts';

const world = useSignaling({ transcriptionStartMs: 0 });

let primary: Place;
let replica: Place;
let seat: Seat;
let ada: ScriptedClient;
let linus: ScriptedClient;

beforeEach(async () => {
  primary = await openMeeting(world.chime);
  replica = await world.replica(primary);
  seat = await world.admit(primary, 'ada');
  ada = await joinAs(primary, seat);
  linus = await joinAs(replica, await world.admit(replica, 'linus'));
});

const GERMAN = { EngineTranscribeSettings: { LanguageCode: 'de-DE' as const } };
const set = (options: object) => outOfBand(world.emulator, 'PUT options', options);
const enter = async (meeting: Place, name: string) => joinAs(meeting, await world.admit(meeting, name));

/** Starts the transcription. The status is sent with the next request. */
async function transcribe(): Promise<void> {
  const { MeetingId } = primary;
  await world.chime.startMeetingTranscription({ MeetingId, TranscriptionConfiguration: GERMAN });
  await advance(world.emulator, 0);
}

const speak = (text: string, more: object = {}) =>
  outOfBand(world.emulator, 'POST transcripts', {
    ...{ meetingId: primary.MeetingId, attendeeId: seat.AttendeeId, text },
    ...more,
  });

/** The next message of a client, as the decoder of amazon-chime-sdk-js reads it. */
async function event(client: ScriptedClient) {
  const { dataMessage } = await client.next('DATA_MESSAGE');
  const [message] = dataMessage?.messages ?? [];
  expect([message?.topic, message?.ingestTimeNs]).not.toEqual(['aws:chime:transcription', 0]);
  const [decoded] = TranscriptEventConverter.from({ data: message?.data } as never);
  return decoded as never as Decoded;
}

interface Decoded {
  type?: string;
  transcriptionConfiguration?: string;
  message?: string;
  results?: { isPartial: boolean; resultId: string; alternatives: { transcript: string }[] }[];
}

/** What a client is sent next, in short. */
async function told(client: ScriptedClient): Promise<string | undefined> {
  const { type, results } = await event(client);
  const [result] = results ?? [];
  return type ?? `${result?.alternatives[0]?.transcript}${result?.isPartial ? ' …' : ''}`;
}

describe('a transcript', () => {
  it('reaches the primary and its replicas as the client decodes it', async () => {
    await transcribe();
    for (const client of [ada, linus]) expect(await told(client)).toBe('started');
    await speak('Guten Tag!');
    const decoded = await Promise.all([ada, linus].map(event));
    const attendee = { attendeeId: seat.AttendeeId, externalUserId: 'ada' };
    const item = { attendee, startTimeMs: expect.anything(), endTimeMs: expect.anything(), stable: true };
    const items = [
      { content: 'Guten', type: 'pronunciation', ...item },
      { content: 'Tag', type: 'pronunciation', ...item },
      { content: '!', type: 'punctuation', ...item },
    ];
    expect(decoded[0]).toEqual({
      results: [
        expect.objectContaining({
          ...{ isPartial: false, channelId: 'ch_0', languageCode: 'de-DE' },
          alternatives: [{ transcript: 'Guten Tag!', items }],
        }),
      ],
    });
    expect(decoded[1]).toEqual(decoded[0]);
  });

  it('keeps its result id until it settles, and the next one gets another', async () => {
    await transcribe();
    const ids: unknown[] = [];
    for (const isPartial of [true, true, false, true])
      ids.push((await speak('words', { isPartial })).body.resultId);
    expect(new Set(ids.slice(0, 3)).size).toBe(1);
    expect(ids[3]).not.toBe(ids[0]);
    expect(await told(linus)).toBe('started');
    for (const expected of ['words …', 'words …', 'words', 'words …'])
      expect(await told(linus)).toBe(expected);
  });

  it('has the channel of its speaker while two people speak', async () => {
    await transcribe();
    const other = await world.admit(primary, 'grace');
    await joinAs(primary, other);
    await speak('one', { isPartial: true });
    await speak('other', { isPartial: true, attendeeId: other.AttendeeId });
    await told(linus);
    expect((await event(linus)).results).toMatchObject([{ channelId: 'ch_0' }]);
    expect((await event(linus)).results).toMatchObject([{ channelId: 'ch_1' }]);
  });

  it('can be sent by the control in the same process', async () => {
    await transcribe();
    const { resultId } = world.emulator.meetings.transcript({
      ...{ meetingId: primary.MeetingId, attendeeId: seat.AttendeeId },
      ...{ text: 'bonjour', languageCode: 'fr-FR' },
    });
    await told(linus);
    expect((await event(linus)).results).toMatchObject([{ resultId, languageCode: 'fr-FR' }]);
  });

  it('is refused while the transcription is not on', async () => {
    expect((await speak('too early')).body).toEqual({ error: 'The transcription is off' });
    await transcribe();
    await outOfBand(world.emulator, 'POST transcription', {
      meetingId: primary.MeetingId,
      event: 'interrupted',
    });
    expect(await speak('meanwhile')).toEqual({
      status: 400,
      body: { error: 'The transcription is interrupted' },
    });
    await world.chime.stopMeetingTranscription({ MeetingId: primary.MeetingId });
    expect((await speak('too late')).body).toEqual({ error: 'The transcription is off' });
  });

  it.each([
    [{ meetingId: 'none' }, 'There is no live meeting none'],
    [{ attendeeId: 'none' }, 'There is no attendee none in it'],
    [{ text: ' ' }, 'text'],
    [{ languageCode: 'tlh' }, 'languageCode'],
  ])('is refused for %j', async (wrong, words) => {
    await transcribe();
    expect(await speak('hello', wrong)).toEqual({
      status: 400,
      body: { error: expect.stringContaining(words) },
    });
  });

  it('is refused for an attendee who is not connected', async () => {
    await transcribe();
    const { AttendeeId } = await world.admit(primary, 'absent');
    expect((await speak('hello', { attendeeId: AttendeeId })).body).toEqual({
      error: 'The attendee is not connected',
    });
  });
});

describe('the state of a transcription', () => {
  it('is told to the primary and to the viewers who are there, with the configuration as JSON', async () => {
    await transcribe();
    for (const client of [ada, linus]) {
      const { type, transcriptionConfiguration } = await event(client);
      expect([type, JSON.parse(transcriptionConfiguration ?? '')]).toEqual(['started', GERMAN]);
    }
    for (const [change, type] of [
      ['interrupted', 'interrupted'],
      ['resumed', 'resumed'],
      ['failed', 'failed'],
    ]) {
      const message = 'in a test';
      await outOfBand(world.emulator, 'POST transcription', {
        ...{ meetingId: primary.MeetingId, event: change, message },
      });
      expect(await event(linus)).toMatchObject({ type, ...(type !== 'resumed' && { message }) });
    }
    await transcribe();
    expect(await told(linus)).toBe('started');
    await world.chime.stopMeetingTranscription({ MeetingId: primary.MeetingId });
    expect(await told(linus)).toBe('stopped');
  });

  it('is told to a client that enters the primary, and to none that enters a replica', async () => {
    await transcribe();
    expect(await told(await enter(primary, 'grace'))).toBe('started');
    const late = await enter(replica, 'late');
    await speak('hello');
    expect(await told(late)).toBe('hello');
  });

  it('is told to a late viewer at the promotion', async () => {
    await transcribe();
    const late = await enter(replica, 'late');
    const { AttendeeId, JoinToken } = await world.admit(primary, 'promoted-late');
    const credentials = { attendeeId: AttendeeId, joinToken: JoinToken ?? '' };
    late.send({ type: 'PRIMARY_MEETING_JOIN', primaryMeetingJoin: { credentials } });
    expect(await told(late)).toBe('started');
  });
});

describe('the option for undocumented behaviour of transcripts', () => {
  it('transcriptionStatusToReplicas keeps the state from viewers', async () => {
    await set({ transcriptionStatusToReplicas: false });
    await transcribe();
    await speak('hello');
    expect([await told(ada), await told(linus)]).toEqual(['started', 'hello']);
  });

  it.each([
    ['all', 'started', 'started'],
    ['none', 'hello', 'hello'],
  ])('transcriptionStatusAtEntry tells it to %s who enter', async (value, inPrimary, inReplica) => {
    await set({ transcriptionStatusAtEntry: value });
    await transcribe();
    const clients = [await enter(primary, 'grace'), await enter(replica, 'late')];
    await speak('hello');
    expect(await Promise.all(clients.map(told))).toEqual([inPrimary, inReplica]);
  });

  it('transcriptSpeaker names another connected attendee', async () => {
    await transcribe();
    await enter(primary, 'grace');
    await set({ transcriptSpeaker: 'wrong' });
    await speak('hello');
    await told(linus);
    const [result] = (await event(linus)).results ?? [];
    expect(result?.alternatives).toMatchObject([{ items: [{ attendee: { externalUserId: 'grace' } }] }]);
  });

  it('transcriptDelayMs sends transcripts late', async () => {
    await set({ transcriptDelayMs: 3_600_000 });
    await transcribe();
    await speak('an hour ago');
    await set({ transcriptDelayMs: 0 });
    await speak('now');
    await advance(world.emulator, 3_600_000);
    expect([await told(linus), await told(linus), await told(linus)]).toEqual([
      'started',
      'now',
      'an hour ago',
    ]);
  });
});
