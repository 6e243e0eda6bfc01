import { openMeeting } from '../builders.ts';
import { eventTypes, outOfBand } from '../out-of-band.ts';
import { joinAs, openClient, subscription } from './client.ts';
import { connections, untilEvent, useSignaling } from './support.ts';

const world = useSignaling();

describe('a join of a primary', () => {
  it('exchanges join, index, subscribe and an answer, and then the attendee is present', async () => {
    const meeting = await openMeeting(world.chime);
    const client = await openClient(meeting, await world.admit(meeting, 'ada'));
    client.send({ type: 'JOIN' });
    expect((await client.next('JOIN_ACK')).joinack).toEqual({
      videoSubscriptionLimit: 25,
      wantsCompressedSdp: false,
      turnCredentials: { username: '', password: '', ttl: 300, uris: [] },
    });
    expect((await client.next('INDEX')).index).toMatchObject({ atCapacity: false, sources: [] });
    expect(await connections(world.emulator)).toMatchObject([{ externalUserId: 'ada', phase: 'joined' }]);
    client.send(subscription());
    expect((await client.next('SUBSCRIBE_ACK')).suback).toMatchObject({
      duplex: 'RX',
      tracks: [],
      sdpAnswer: expect.stringContaining('a=ice-lite'),
    });
    expect((await client.next('AUDIO_STATUS')).audioStatus).toEqual({ audioStatus: 200 });
    await client.untilPresent('ada');
  });

  it('is reported as an event of the control plane', async () => {
    const meeting = await openMeeting(world.chime);
    const client = await joinAs(meeting, await world.admit(meeting, 'ada'));
    await client.leave();
    expect(await eventTypes(world.emulator)).toEqual([
      'chime:MeetingStarted',
      'chime:AttendeeAdded',
      'chime:AttendeeJoined',
      'chime:AttendeeLeft',
    ]);
  });

  it('shows the others who came, who muted themselves, and who left', async () => {
    const meeting = await openMeeting(world.chime);
    const ada = await joinAs(meeting, await world.admit(meeting, 'ada'));
    const grace = await joinAs(meeting, await world.admit(meeting, 'grace'));
    await Promise.all([ada.untilPresent('ada', 'grace'), grace.untilPresent('ada', 'grace')]);
    grace.send({ type: 'AUDIO_CONTROL', audioControl: { muted: true } });
    await ada.untilMuted('grace');
    await grace.leave();
    await ada.untilPresent('ada');
  });

  it('distinguishes a lost network from a departure', async () => {
    const meeting = await openMeeting(world.chime);
    const ada = await joinAs(meeting, await world.admit(meeting, 'ada'));
    const grace = await joinAs(meeting, await world.admit(meeting, 'grace'));
    await ada.untilPresent('ada', 'grace');
    grace.drop();
    await ada.untilPresent('ada');
    expect(ada.frames.at(-1)?.audioStreamIdInfo?.streams).toMatchObject([{ dropped: true }]);
    expect(await eventTypes(world.emulator)).toContain('chime:AttendeeDropped');
  });

  it('distinguishes a lost network also where the camera was on', async () => {
    const meeting = await openMeeting(world.chime);
    const ada = await joinAs(meeting, await world.admit(meeting, 'ada'));
    const grace = await joinAs(meeting, await world.admit(meeting, 'grace'));
    grace.send(subscription({ camera: true }));
    await untilEvent(world.emulator, 'AttendeeVideoStarted');
    await ada.untilPresent('ada', 'grace');
    grace.drop();
    await ada.untilPresent('ada');
    const streams = ada.frames.flatMap(({ audioStreamIdInfo }) => audioStreamIdInfo?.streams ?? []);
    expect(streams.at(-1)).toMatchObject({ dropped: true });
  });

  it('answers pings with the same number', async () => {
    const meeting = await openMeeting(world.chime);
    const client = await openClient(meeting, await world.admit(meeting, 'ada'));
    client.send({ type: 'PING_PONG', pingPong: { type: 'PING', pingId: 41 } });
    expect((await client.next('PING_PONG')).pingPong).toEqual({ type: 'PONG', pingId: 41 });
  });

  it('keeps the meeting alive beyond five minutes, as long as an attendee is connected', async () => {
    const meeting = await openMeeting(world.chime);
    const client = await joinAs(meeting, await world.admit(meeting, 'ada'));
    await outOfBand(world.emulator, 'POST clock', { advanceMs: 600_000 });
    expect(world.emulator.state.meetings.get(meeting.MeetingId)?.endedAt).toBeNull();
    await client.leave();
    await outOfBand(world.emulator, 'POST clock', { advanceMs: 300_000 });
    expect(world.emulator.state.meetings.get(meeting.MeetingId)?.endedAt).not.toBeNull();
  });
});

describe('a join of a replica', () => {
  it('shows the people on stage, and neither the viewer nor other viewers', async () => {
    const primary = await openMeeting(world.chime);
    const [first, second] = [await world.replica(primary), await world.replica(primary)];
    const ada = await joinAs(primary, await world.admit(primary, 'ada'));
    const linus = await joinAs(first, await world.admit(first, 'linus'));
    const bjarne = await joinAs(second, await world.admit(second, 'bjarne'));
    await Promise.all([ada, linus, bjarne].map((client) => client.untilPresent('ada')));
    ada.send({ type: 'AUDIO_CONTROL', audioControl: { muted: true } });
    await Promise.all([ada, linus, bjarne].map((client) => client.untilMuted('ada')));
    expect([linus.present(), bjarne.present()]).toEqual([['ada'], ['ada']]);
  });

  it('says that a viewer may not send video, and refuses a viewer who sends it anyway', async () => {
    const primary = await openMeeting(world.chime);
    const replica = await world.replica(primary);
    const linus = await openClient(replica, await world.admit(replica, 'linus'));
    linus.send({ type: 'JOIN' });
    expect((await linus.next('INDEX')).index?.atCapacity).toBe(true);
    linus.send(subscription({ camera: true }));
    expect((await linus.next('SUBSCRIBE_ACK')).suback?.allocations).toEqual([]);
    expect((await linus.next('INDEX')).error?.status).toBe(206);
  });
});

describe('a join is refused', () => {
  it('for an attendee without a token, or with the token of another', async () => {
    const [meeting, other] = [await openMeeting(world.chime), await openMeeting(world.chime)];
    const stranger = await openClient(meeting, { JoinToken: 'abc123' });
    const guest = await openClient(meeting, await world.admit(other, 'ada'));
    expect([await stranger.closed, await guest.closed]).toEqual([4403, 4403]);
  });

  it('in a meeting that has ended', async () => {
    const meeting = await openMeeting(world.chime);
    const ada = await world.admit(meeting, 'ada');
    await world.chime.deleteMeeting(meeting);
    expect(await (await openClient(meeting, ada)).closed).toBe(4410);
  });

  it('in a full meeting, for the attendee who connects last', async () => {
    const meeting = await openMeeting(world.chime);
    const seats = [await world.admit(meeting, 'ada'), await world.admit(meeting, 'grace')];
    Object.assign(world.emulator.state.meetings.get(meeting.MeetingId) ?? {}, { capacity: 1 });
    await joinAs(meeting, seats[0] ?? {});
    const grace = await openClient(meeting, seats[1] ?? {});
    grace.send({ type: 'JOIN' });
    grace.send(subscription());
    expect((await grace.next('AUDIO_STATUS')).audioStatus).toEqual({ audioStatus: 409 });
    await grace.closed;
  });
});

describe('a second join with one token', () => {
  it('disconnects the first client, and the attendee stays connected', async () => {
    const meeting = await openMeeting(world.chime);
    const seat = await world.admit(meeting, 'ada');
    const first = await joinAs(meeting, seat);
    await first.next('AUDIO_STATUS');
    const second = await joinAs(meeting, seat);
    expect((await first.next('AUDIO_STATUS')).audioStatus).toEqual({ audioStatus: 301 });
    await first.closed;
    await second.untilPresent('ada');
    const after = (await eventTypes(world.emulator)).slice(2);
    expect(after).toEqual(['chime:AttendeeJoined', 'chime:AttendeeAuthorized']);
  });
});

describe('a screen share', () => {
  it('is one more person on stage, and takes no seat', async () => {
    const meeting = await openMeeting(world.chime, { MeetingFeatures: { Attendee: { MaxCount: 1 } } });
    const seat = await world.admit(meeting, 'ada');
    const ada = await joinAs(meeting, seat);
    const screen = await joinAs(meeting, seat, '#content');
    screen.send(subscription({ camera: true }));
    await untilEvent(world.emulator, 'AttendeeContentVideoStarted');
    await ada.untilPresent('ada', 'ada');
    const ids = ada.frames.flatMap(({ audioStreamIdInfo }) => audioStreamIdInfo?.streams ?? []);
    expect(ids.map(({ attendeeId }) => attendeeId)).toEqual([seat.AttendeeId, `${seat.AttendeeId}#content`]);
    await screen.leave();
    expect((await eventTypes(world.emulator)).slice(-3)).toEqual([
      'chime:AttendeeContentVideoStarted',
      'chime:AttendeeContentVideoStopped',
      'chime:AttendeeContentLeft',
    ]);
  });
});

describe('the logs', () => {
  it('hold no token, whatever clients send', async () => {
    const primary = await openMeeting(world.chime);
    const replica = await world.replica(primary);
    const seats = [await world.admit(primary, 'ada'), await world.admit(replica, 'linus')];
    const ada = await joinAs(primary, seats[0] ?? {});
    const linus = await joinAs(replica, seats[1] ?? {});
    linus.send({
      type: 'PRIMARY_MEETING_JOIN',
      primaryMeetingJoin: { credentials: { joinToken: 'a1b2c3' } },
    });
    await linus.next('PRIMARY_MEETING_JOIN_ACK');
    await openClient(primary, { JoinToken: 'd4e5f6' });
    ada.drop();
    await linus.untilPresent();
    const log = world.lines.join('\n');
    for (const token of ['a1b2c3', 'd4e5f6', ...seats.map(({ JoinToken = '?' }) => JoinToken)]) {
      expect(log).not.toContain(token);
    }
    expect(log).toContain('signaling');
  });
});
