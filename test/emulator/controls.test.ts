import { createEmulator } from '../../emulator/index.ts';
import { meetingInput, openMeeting } from './builders.ts';
import { refusalOf } from './refusals.ts';
import { useEmulator } from './support.ts';

describe('the controls of a running emulator', () => {
  const world = useEmulator();
  const types = () => world.emulator.events.list().map(({ event }) => event.detail.eventType);

  it('let time pass, so that an idle meeting ends with an event', async () => {
    const { emulator, chime } = world;
    const { MeetingId } = await openMeeting(chime);
    const before = emulator.clock.now();
    expect(emulator.clock.pass(300_000)).toBeGreaterThanOrEqual(before + 300_000);
    expect(emulator.meetings.list()).toMatchObject([{ meetingId: MeetingId, status: 'ended' }]);
    expect(types()).toEqual(['chime:MeetingStarted', 'chime:MeetingEnded']);
    expect(emulator.events.list(1).map(({ sequence }) => sequence)).toEqual([2]);
  });

  it('make calls fail, until the faults are used up or cleared', async () => {
    const { emulator, chime } = world;
    emulator.faults.add({ operation: 'CreateMeeting', fault: 'throttle', times: 2 });
    expect(await refusalOf(openMeeting(chime))).toMatchObject({ name: 'ThrottlingException' });
    expect(emulator.faults.pending()).toMatchObject([{ fault: 'throttle', times: 1 }]);
    emulator.faults.clear();
    await openMeeting(chime);
    expect(emulator.calls()).toEqual({ CreateMeeting: { ThrottlingException: 1, '200': 1 } });
    expect(emulator.quotas()).toMatchObject([{ operation: 'CreateMeeting', burst: 20 }]);
  });

  it('simulate connections and media pipelines', async () => {
    const { emulator, chime } = world;
    const { MeetingId } = await openMeeting(chime);
    const { Attendee } = await chime.createAttendee({ MeetingId, ExternalUserId: 'ada-lovelace' });
    emulator.meetings.presence(MeetingId, Attendee?.AttendeeId as string, 'joined');
    expect(emulator.meetings.startPipeline(MeetingId)).toMatchObject({ connected: true });
    expect(emulator.meetings.attendees(MeetingId).map(({ connected }) => connected)).toEqual([true, true]);
    emulator.meetings.stopPipelines(MeetingId);
    emulator.meetings.presence(MeetingId, Attendee?.AttendeeId as string, 'dropped');
    expect(types().slice(-2)).toEqual(['chime:AttendeeLeft', 'chime:AttendeeDropped']);
    expect(emulator.meetings.end(MeetingId)).toMatchObject({ status: 'ended' });
  });

  it('call back for each event until they are told to stop', async () => {
    const { emulator, chime } = world;
    const heard: string[] = [];
    const stop = emulator.events.on(({ event }) => heard.push(event.detail.eventType));
    await openMeeting(chime);
    emulator.clock.pass(300_000);
    stop();
    await openMeeting(chime);
    expect(heard).toEqual(['chime:MeetingStarted', 'chime:MeetingEnded']);
  });

  it('change options from the next request on', async () => {
    const { emulator, chime } = world;
    emulator.configure({ fullMediaRegions: ['us-east-1'] });
    expect(emulator.options.fullMediaRegions).toEqual(['us-east-1']);
    expect(await refusalOf(openMeeting(chime))).toMatchObject({ status: 503 });
  });

  it('refuse invalid input with a message that names it', () => {
    const { emulator } = world;
    expect(() => emulator.configure({ bursts: 1 } as never)).toThrow('"bursts"');
    expect(() => emulator.clock.pass(-1)).toThrow('expected number to be >=0');
    expect(() => emulator.faults.add({ operation: 'CreateMeeting', fault: 'flood' as never })).toThrow(
      'at fault',
    );
    expect(() => emulator.meetings.end('none')).toThrow('There is no live meeting none');
    expect(() => emulator.meetings.presence('none', 'none', 'left')).toThrow('There is no meeting none');
  });

  it('return copies, which a test may change', async () => {
    const { emulator, chime } = world;
    await openMeeting(chime);
    emulator.faults.add({ operation: '*', fault: 'slow' });
    for (const copy of [emulator.faults.pending(), emulator.events.list(), emulator.meetings.list()])
      copy.length = 0;
    emulator.calls().CreateMeeting = {};
    for (const { event } of emulator.events.list()) event.detail.eventType = 'changed';
    expect(types()).toEqual(['chime:MeetingStarted']);
    const lists = [emulator.faults.pending(), emulator.events.list(), emulator.meetings.list()];
    expect(lists.map(({ length }) => length)).toEqual([1, 1, 1]);
    expect(emulator.calls()).toEqual({ CreateMeeting: { '200': 1 } });
  });

  it('forget all but the options at a reset', async () => {
    const { emulator, chime } = world;
    emulator.configure({ replicasPerPrimary: 1 });
    await openMeeting(chime);
    emulator.faults.add({ operation: '*', fault: 'throttle' });
    emulator.reset();
    expect([emulator.meetings.list(), emulator.events.list(), emulator.faults.pending()]).toEqual([
      [],
      [],
      [],
    ]);
    expect(emulator.options.replicasPerPrimary).toBe(1);
  });
});

describe('an emulator without a server', () => {
  it('handles requests and has the same controls, with the clock that it is given', () => {
    const emulator = createEmulator({}, { now: () => 1000 });
    const authorization = 'AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/chime/aws4_request';
    const request = { method: 'POST', path: '/meetings', query: {}, headers: { authorization } };
    expect(emulator.handle({ ...request, body: JSON.stringify(meetingInput()) }).status).toBe(200);
    expect(emulator.clock.pass(300_000)).toBe(301_000);
    expect(emulator.meetings.list()).toMatchObject([{ createdAt: 1000, endedAt: 301_000 }]);
  });
});
