import { admit, openMeeting, people } from './builders.ts';
import { advance, eventTypes, outOfBand, presence } from './out-of-band.ts';
import { GUID, refusalOf, UNKNOWN } from './refusals.ts';
import { useEmulator } from './support.ts';

const QUOTA_OF_THREE = { ratePerSecond: 0, burst: 3 };

describe('the out-of-band routes of the emulator', () => {
  const world = useEmulator();
  const ask = (line: Parameters<typeof outOfBand>[1], body?: unknown) =>
    outOfBand(world.emulator, line, body);

  it('list every meeting that was ever created', async () => {
    const before = Date.now();
    const primary = await openMeeting(world.chime, { MediaRegion: 'eu-west-2' });
    const replica = await openMeeting(world.chime, { PrimaryMeetingId: primary.MeetingId });
    await world.chime.batchCreateAttendee({ ...replica, Attendees: people(3) });
    const { AttendeeId } = await admit(world.chime, replica);
    await world.chime.deleteAttendee({ ...replica, AttendeeId });
    await world.chime.deleteMeeting(replica);
    const { body } = await ask('GET meetings');
    expect(body).toEqual([
      {
        meetingId: primary.MeetingId,
        externalMeetingId: 'town-hall',
        mediaRegion: 'eu-west-2',
        primaryMeetingId: null,
        status: 'live',
        attendees: 0,
        peakAttendees: 0,
        capacity: 250,
        createdAt: expect.any(Number),
        endedAt: null,
        transcription: { state: 'off', configuration: null },
      },
      expect.objectContaining({
        meetingId: replica.MeetingId,
        primaryMeetingId: primary.MeetingId,
        status: 'ended',
        attendees: 3,
        peakAttendees: 4,
        endedAt: expect.any(Number),
      }),
    ]);
    expect(body[0].createdAt).toBeGreaterThanOrEqual(before);
  });

  it('list every attendee that was ever created, without tokens', async () => {
    const meeting = await openMeeting(world.chime);
    const here = await admit(world.chime, meeting, 'here');
    const gone = await admit(world.chime, meeting, 'gone');
    await presence(world.emulator, { ...meeting, ...here }, 'joined');
    await world.chime.deleteAttendee({ ...meeting, ...gone });
    const { body } = await ask(`GET meetings/${meeting.MeetingId}/attendees`);
    expect(body).toEqual([
      {
        attendeeId: here.AttendeeId,
        externalUserId: 'here',
        capabilities: here.Capabilities,
        connected: true,
        deletedAt: null,
      },
      expect.objectContaining({
        externalUserId: 'gone',
        connected: false,
        deletedAt: expect.any(Number),
      }),
    ]);
  });

  it('count calls: every success as 200, every refusal by its name', async () => {
    const meeting = await openMeeting(world.chime);
    await world.chime.deleteMeeting(meeting);
    await refusalOf(world.chime.deleteMeeting(meeting));
    const { body } = await ask('GET calls');
    expect(body).toEqual({ CreateMeeting: { '200': 1 }, DeleteMeeting: { '200': 1, NotFoundException: 1 } });
  });

  it('report how many calls remain, and use none up', async () => {
    expect((await ask('GET quotas')).body).toEqual([]);
    await ask('PUT options', { ratePerSecond: 0, quotaByOperation: { GetMeeting: QUOTA_OF_THREE } });
    const { MeetingId } = await openMeeting(world.chime);
    await world.chime.getMeeting({ MeetingId });
    const where = { accountId: '111122223333', controlRegion: 'us-east-1' };
    const left = [
      { ...where, operation: 'CreateMeeting', left: 19, burst: 20, ratePerSecond: 0 },
      { ...where, operation: 'GetMeeting', left: 2, ...QUOTA_OF_THREE },
    ];
    expect((await ask('GET quotas')).body).toEqual(left);
    expect((await ask('GET quotas')).body).toEqual(left);
  });

  it('end a primary with its replicas, once', async () => {
    const primary = await openMeeting(world.chime);
    await openMeeting(world.chime, { PrimaryMeetingId: primary.MeetingId });
    const { body } = await ask(`POST meetings/${primary.MeetingId}/end`);
    expect(body).toMatchObject({ meetingId: primary.MeetingId, status: 'ended' });
    const { body: all } = await ask('GET meetings');
    expect(all.map(({ status }: { status: string }) => status)).toEqual(['ended', 'ended']);
    expect((await ask(`POST meetings/${primary.MeetingId}/end`)).status).toBe(400);
  });

  it('let a media pipeline keep a meeting alive until it is removed', async () => {
    const meeting = await openMeeting(world.chime);
    const { body } = await ask(`POST meetings/${meeting.MeetingId}/pipeline`);
    expect(body).toMatchObject({ externalUserId: expect.stringMatching(/^aws:MediaPipeline-[0-9a-f]{5}$/) });
    const { Attendees } = await world.chime.listAttendees(meeting);
    expect(Attendees).toMatchObject([{ AttendeeId: body.attendeeId }]);
    const status = async () => (await ask('GET meetings')).body[0].status;
    await advance(world.emulator, 3_600_000);
    expect(await status()).toBe('live');
    await ask(`DELETE meetings/${meeting.MeetingId}/pipeline`);
    await advance(world.emulator, 300_000);
    expect(await status()).toBe('ended');
    expect((await ask(`POST meetings/${meeting.MeetingId}/pipeline`)).status).toBe(400);
  });

  it('list events in order, after a given number', async () => {
    const meeting = await openMeeting(world.chime);
    await admit(world.chime, meeting);
    expect(await eventTypes(world.emulator, 1)).toEqual(['chime:AttendeeAdded']);
    const { body } = await ask('GET events?since=0');
    expect(body[1]).toEqual({
      sequence: 2,
      event: {
        version: '0',
        id: expect.stringMatching(GUID),
        'detail-type': 'Chime Meeting State Change',
        source: 'aws.chime',
        account: '111122223333',
        time: expect.stringMatching(/^\d{4}-.*Z$/),
        region: 'us-east-1',
        resources: [],
        detail: {
          version: '0',
          eventType: 'chime:AttendeeAdded',
          timestamp: expect.any(Number),
          meetingId: meeting.MeetingId,
          externalMeetingId: 'town-hall',
          mediaRegion: 'us-east-1',
          attendeeId: expect.stringMatching(GUID),
          externalUserId: 'maria',
        },
      },
    });
  });

  it('report the time after the clock was moved', async () => {
    const before = Date.now();
    const { body } = await ask('POST clock', { advanceMs: 3_600_000 });
    expect(body.now).toBeGreaterThanOrEqual(before + 3_600_000);
  });

  it('delete everything but the options on a reset', async () => {
    await ask('PUT options', { replicasPerPrimary: 7 });
    await openMeeting(world.chime);
    await ask('POST faults', { operation: '*', fault: 'error-500' });
    await advance(world.emulator, 3_600_000);
    const before = Date.now();
    const { body } = await ask('POST reset');
    expect(body.now).toBeGreaterThanOrEqual(before);
    expect(body.now).toBeLessThanOrEqual(Date.now());
    expect((await ask('GET meetings')).body).toEqual([]);
    expect((await ask('GET calls')).body).toEqual({});
    expect((await ask('GET events')).body).toEqual([]);
    expect((await ask('GET options')).body.replicasPerPrimary).toBe(7);
    expect(await openMeeting(world.chime)).toHaveProperty('MeetingId');
  });

  it('forget tokens and restore quotas on a reset', async () => {
    await ask('PUT options', { ratePerSecond: 0, burst: 1 });
    const open = () => openMeeting(world.chime, { ClientRequestToken: 'token' });
    const { MeetingId } = await open();
    await ask('POST reset');
    expect((await open()).MeetingId).not.toBe(MeetingId);
  });

  it('change some options and return all of them', async () => {
    const { status, body } = await ask('PUT options', { burst: 5 });
    expect(status).toBe(200);
    expect(body).toMatchObject({ burst: 5, ratePerSecond: 10, replicasPerPrimary: 4 });
    expect((await ask('GET options')).body).toEqual(body);
  });

  it('change no option when one of them is unknown, and name it', async () => {
    const { status, body } = await ask('PUT options', { burst: 5, brust: 6 });
    expect(status).toBe(400);
    expect(body.error).toContain('brust');
    expect((await ask('GET options')).body.burst).toBe(20);
  });

  it.each([
    ['GET nowhere', undefined, 'nowhere'],
    ['DELETE meetings', undefined, 'DELETE'],
    ['GET meetings/none/attendees', undefined, 'none'],
    ['GET events?since=soon', undefined, 'since'],
    ['GET events?sinse=1', undefined, 'sinse'],
    ['POST clock', { advanceMs: -1 }, 'advanceMs'],
    ['POST clock', 'not json', 'JSON'],
    ['POST faults', { operation: 'MakeTea', fault: 'slow' }, 'operation'],
    ['POST faults', { operation: '*', fault: 'fire' }, 'fault'],
    ['POST faults', { operation: '*', fault: 'slow', delay: 5 }, 'delay'],
    ['POST presence', { meetingId: UNKNOWN, attendeeId: UNKNOWN, event: 'joined' }, UNKNOWN],
    ['PUT options', [], 'record'],
    ['PUT options', { tokenScope: 'galaxy' }, 'tokenScope'],
  ] as const)('decline %s %j with a message', async (line, body, word) => {
    const answer = await ask(line, body);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toContain(word);
  });

  it('decline a departure of an attendee who is not connected, and a connection of a deleted one', async () => {
    const meeting = await openMeeting(world.chime);
    const who = { ...meeting, ...(await admit(world.chime, meeting)) };
    const left = await presence(world.emulator, who, 'left');
    expect(left).toEqual({ status: 400, body: { error: 'The attendee is not connected' } });
    await world.chime.deleteAttendee(who);
    const joined = await presence(world.emulator, who, 'joined');
    expect(joined).toEqual({ status: 400, body: { error: 'The attendee was deleted' } });
  });
});
