import { openMeeting } from '../builders.ts';
import { eventTypes, outOfBand } from '../out-of-band.ts';
import { joinAs, type ScriptedClient, subscription } from './client.ts';
import { connections, type Place, type Seat, untilEvent, useSignaling } from './support.ts';

const world = useSignaling();

let primary: Place;
let replica: Place;
let ada: ScriptedClient;
let linus: ScriptedClient;
let other: ScriptedClient;
let onStage: Seat;

beforeEach(async () => {
  primary = await openMeeting(world.chime);
  replica = await world.replica(primary);
  ada = await joinAs(primary, await world.admit(primary, 'ada'));
  linus = await joinAs(replica, await world.admit(replica, 'linus'));
  other = await joinAs(replica, await world.admit(replica, 'bjarne'));
  onStage = await world.admit(primary, 'promoted-linus');
});

const ask = ({ AttendeeId, JoinToken }: Partial<Seat>) => ({
  type: 'PRIMARY_MEETING_JOIN' as const,
  primaryMeetingJoin: { credentials: { attendeeId: AttendeeId ?? '', joinToken: JoinToken ?? '' } },
});

/** Promote a client; the status with which that was refused, if it was. */
async function promote(client: ScriptedClient, seat: Partial<Seat>): Promise<number | undefined> {
  client.send(ask(seat));
  return (await client.next('PRIMARY_MEETING_JOIN_ACK')).error?.status;
}

describe('a promoted viewer', () => {
  it('is seen by all clients, including its own, under the name of the stage', async () => {
    expect(await promote(linus, onStage)).toBeUndefined();
    await Promise.all([ada, linus, other].map((client) => client.untilPresent('ada', 'promoted-linus')));
    expect(await connections(world.emulator)).toContainEqual(
      expect.objectContaining({ externalUserId: 'linus', onStageAs: onStage.AttendeeId }),
    );
  });

  it('is an attendee of both meetings in the control plane', async () => {
    await promote(linus, onStage);
    const joined = world.emulator.state.events.since(0).map(({ event }) => event.detail);
    expect(joined.at(-1)).toMatchObject({
      eventType: 'chime:AttendeeJoined',
      meetingId: primary.MeetingId,
      attendeeId: onStage.AttendeeId,
    });
  });

  it('may send video, which the others can subscribe to', async () => {
    await promote(linus, onStage);
    expect((await linus.next('INDEX')).index?.atCapacity).toBe(false);
    linus.send(subscription({ camera: true }));
    expect((await linus.next('SUBSCRIBE_ACK')).suback?.allocations).toHaveLength(1);
    expect((await other.next('INDEX')).index?.sources).toEqual([]);
    expect((await other.next('INDEX')).index?.sources).toMatchObject([{ attendeeId: onStage.AttendeeId }]);
    expect(await eventTypes(world.emulator)).toContain('chime:AttendeeVideoStarted');
  });

  it('disappears with their video after stepping down', async () => {
    await promote(linus, onStage);
    linus.send(subscription({ camera: true }));
    await linus.next('SUBSCRIBE_ACK');
    linus.send({ type: 'PRIMARY_MEETING_LEAVE', primaryMeetingLeave: {} });
    await Promise.all([ada, linus, other].map((client) => client.untilPresent('ada')));
    expect(linus.frames.some(({ error }) => error?.status === 206)).toBe(true);
    expect((await eventTypes(world.emulator)).slice(-2)).toEqual([
      'chime:AttendeeVideoStopped',
      'chime:AttendeeLeft',
    ]);
  });

  it('can be promoted again with the same credentials', async () => {
    await promote(linus, onStage);
    linus.send({ type: 'PRIMARY_MEETING_LEAVE', primaryMeetingLeave: {} });
    await ada.untilPresent('ada');
    expect(await promote(linus, onStage)).toBeUndefined();
    await ada.untilPresent('ada', 'promoted-linus');
  });

  it('is told to leave the stage when their stage attendee is deleted, and stays a viewer', async () => {
    await promote(linus, onStage);
    await ada.untilPresent('ada', 'promoted-linus');
    await world.chime.deleteAttendee({ MeetingId: primary.MeetingId, AttendeeId: onStage.AttendeeId });
    await linus.next('PRIMARY_MEETING_LEAVE');
    await Promise.all([ada, linus].map((client) => client.untilPresent('ada')));
    expect(await connections(world.emulator)).toContainEqual(
      expect.objectContaining({ externalUserId: 'linus', onStageAs: null, phase: 'subscribed' }),
    );
  });

  it('is disconnected from both meetings, with one message, when their seat in the replica is deleted', async () => {
    const seat = await world.admit(replica, 'margaret');
    const margaret = await joinAs(replica, seat);
    await promote(margaret, onStage);
    await world.chime.deleteAttendee({ MeetingId: replica.MeetingId, AttendeeId: seat.AttendeeId });
    await Promise.all([margaret.closed, ada.untilPresent('ada')]);
    const statuses = margaret.frames.flatMap(({ audioStatus }) => audioStatus?.audioStatus ?? []);
    expect(statuses).toEqual([200, 411]);
  });

  it('leaves the stage when their network is lost', async () => {
    await promote(linus, onStage);
    await ada.untilPresent('ada', 'promoted-linus');
    linus.drop();
    await ada.untilPresent('ada');
    expect((await eventTypes(world.emulator)).filter((type) => type.endsWith('Dropped'))).toHaveLength(2);
  });

  it('gives way to another device of the same attendee', async () => {
    await promote(linus, onStage);
    expect(await promote(other, onStage)).toBeUndefined();
    await linus.next('PRIMARY_MEETING_LEAVE');
    expect(await eventTypes(world.emulator)).toContain('chime:AttendeeAuthorized');
    await ada.untilPresent('ada', 'promoted-linus');
  });

  it('shares a screen under their name on stage', async () => {
    const seat = await world.admit(replica, 'margaret');
    const margaret = await joinAs(replica, seat);
    await joinAs(replica, seat, '#content');
    await promote(margaret, onStage);
    await ada.untilPresent('ada', 'promoted-linus', 'promoted-linus');
    margaret.send({ type: 'PRIMARY_MEETING_LEAVE', primaryMeetingLeave: {} });
    await ada.untilPresent('ada');
  });
});

describe('a promotion is refused', () => {
  it('with 403 for an unknown token, or for one of another attendee', async () => {
    const stranger = await world.admit(primary, 'grace');
    expect(await promote(linus, { ...onStage, JoinToken: 'abc' })).toBe(403);
    expect(await promote(linus, { ...onStage, AttendeeId: stranger.AttendeeId })).toBe(403);
  });

  it('with 403 in a primary, whose attendees are on stage already', async () => {
    expect(await promote(ada, onStage)).toBe(403);
  });

  it('with 409 when the stage is full', async () => {
    Object.assign(world.emulator.state.meetings.get(primary.MeetingId) ?? {}, { capacity: 1 });
    expect(await promote(linus, onStage)).toBe(409);
    await linus.untilPresent('ada');
  });

  it('with the status of an injected fault, and without effect', async () => {
    await outOfBand(world.emulator, 'POST signaling/faults', {
      frame: 'PRIMARY_MEETING_JOIN',
      fault: 'refuse',
      status: 500,
    });
    expect(await promote(linus, onStage)).toBe(500);
    expect(await connections(world.emulator)).toContainEqual(
      expect.objectContaining({ externalUserId: 'linus', onStageAs: null }),
    );
    expect(await promote(linus, onStage)).toBeUndefined();
  });
});

describe('capabilities', () => {
  it('to send audio, when taken away, mute the attendee visibly to all', async () => {
    const seat = await world.admit(primary, 'grace');
    const grace = await joinAs(primary, seat);
    await ada.untilPresent('ada', 'grace');
    await world.chime.updateAttendeeCapabilities({
      MeetingId: primary.MeetingId,
      AttendeeId: seat.AttendeeId,
      Capabilities: { Audio: 'Receive', Video: 'SendReceive', Content: 'SendReceive' },
    });
    await Promise.all([ada, linus, grace].map((client) => client.untilMuted('grace')));
  });

  it('to send video, when taken away, stop a camera and keep it off', async () => {
    const seat = await world.admit(primary, 'grace');
    const grace = await joinAs(primary, seat);
    grace.send(subscription({ camera: true }));
    await untilEvent(world.emulator, 'AttendeeVideoStarted');
    await world.chime.updateAttendeeCapabilities({
      MeetingId: primary.MeetingId,
      AttendeeId: seat.AttendeeId,
      Capabilities: { Audio: 'SendReceive', Video: 'Receive', Content: 'Receive' },
    });
    await untilEvent(world.emulator, 'AttendeeVideoStopped');
    expect(grace.frames.at(-1)?.index?.atCapacity).toBe(true);
  });
});
