import { once } from 'node:events';
import { connect } from 'node:net';
import { holdTimers } from '../../support/held-timers.ts';
import { openMeeting } from '../builders.ts';
import { outOfBand } from '../out-of-band.ts';
import { joinAs, openClient, subscription } from './client.ts';
import { connections, useSignaling } from './support.ts';

const world = useSignaling();

const fault = (more: object) => outOfBand(world.emulator, 'POST signaling/faults', more);
const ping = (pingId: number) => ({
  type: 'PING_PONG' as const,
  pingPong: { type: 'PING' as const, pingId },
});

describe('an injected fault of a signaling frame', () => {
  it('omits the frame as often as requested', async () => {
    await fault({ frame: 'JOIN_ACK', fault: 'omit' });
    const meeting = await openMeeting(world.chime);
    const seat = await world.admit(meeting, 'ada');
    for (const expected of [['INDEX'], ['JOIN_ACK', 'INDEX']]) {
      const client = await openClient(meeting, seat);
      client.send({ type: 'JOIN' });
      await client.next('INDEX');
      expect(client.frames.map(({ type }) => type)).toEqual(expected);
    }
  });

  it('applies to frames of the client too', async () => {
    await fault({ frame: 'JOIN', fault: 'omit' });
    const meeting = await openMeeting(world.chime);
    const client = await openClient(meeting, await world.admit(meeting, 'ada'));
    client.send({ type: 'JOIN' });
    client.send(ping(1));
    await client.next('PING_PONG');
    expect(client.frames.map(({ type }) => type)).toEqual(['PING_PONG']);
  });

  it.each([
    [{ frame: 'GREETING', fault: 'omit' }, 'frame'],
    [{ frame: 'INDEX', fault: 'refuse' }, 'Only PRIMARY_MEETING_JOIN'],
  ])('is refused with 400 for %j', async (asked, words) => {
    const { status, body } = await fault(asked);
    expect([status, body.error]).toEqual([400, expect.stringContaining(words)]);
  });
});

describe('an injected delay of a signaling frame', () => {
  const timers = holdTimers();

  it('sends the frame after its delay, behind others that were sent later', async () => {
    await fault({ frame: 'INDEX', fault: 'delay', delayMs: 20 });
    const meeting = await openMeeting(world.chime);
    const client = await openClient(meeting, await world.admit(meeting, 'ada'));
    client.send({ type: 'JOIN' });
    client.send(ping(1));
    await client.next('PING_PONG');
    timers.pass(19);
    client.send(ping(2));
    await client.next('PING_PONG');
    timers.pass(1);
    await client.next('INDEX');
    const types = client.frames.map(({ type }) => type);
    expect(types).toEqual(['JOIN_ACK', 'PING_PONG', 'PING_PONG', 'INDEX']);
  });
});

describe('an injected loss of the network', () => {
  it('drops one attendee, who can connect again with the same token', async () => {
    const meeting = await openMeeting(world.chime);
    const seat = await world.admit(meeting, 'ada');
    const ada = await joinAs(meeting, seat);
    const grace = await joinAs(meeting, await world.admit(meeting, 'grace'));
    await grace.untilPresent('ada', 'grace');
    const { MeetingId: meetingId } = meeting;
    const { body } = await outOfBand(world.emulator, 'POST signaling/drops', {
      meetingId,
      attendeeId: seat.AttendeeId,
    });
    expect([body, await ada.closed]).toEqual([{ dropped: 1 }, 1006]);
    await grace.untilPresent('grace');
    const again = await joinAs(meeting, seat);
    await Promise.all([again, grace].map((client) => client.untilPresent('ada', 'grace')));
  });

  it('drops all attendees of a meeting', async () => {
    const meeting = await openMeeting(world.chime);
    const clients = [
      await joinAs(meeting, await world.admit(meeting, 'ada')),
      await joinAs(meeting, await world.admit(meeting, 'grace')),
    ];
    await outOfBand(world.emulator, 'POST signaling/drops', { meetingId: meeting.MeetingId });
    expect(await Promise.all(clients.map(({ closed }) => closed))).toEqual([1006, 1006]);
  });
});

describe('a client that misbehaves', () => {
  it('is kept connected when it sends bytes that are no frame', async () => {
    const meeting = await openMeeting(world.chime);
    const client = await openClient(meeting, await world.admit(meeting, 'ada'));
    client.sendRaw(Buffer.from([5, 255, 255, 255]));
    client.send(ping(2));
    expect((await client.next('PING_PONG')).pingPong?.pingId).toBe(2);
  });

  it('gets both answers in order when it asks for media twice before joining', async () => {
    const meeting = await openMeeting(world.chime);
    const client = await openClient(meeting, await world.admit(meeting, 'ada'));
    client.send(subscription());
    client.send(subscription({ camera: true }));
    expect((await client.next('SUBSCRIBE_ACK')).suback?.duplex).toBe('RX');
    expect((await client.next('SUBSCRIBE_ACK')).suback?.duplex).toBe('DUPLEX');
  });

  it('leaves nothing behind when it disconnects before its media is open', async () => {
    const meeting = await openMeeting(world.chime);
    const client = await openClient(meeting, await world.admit(meeting, 'ada'));
    client.send(subscription());
    client.drop();
    const grace = await joinAs(meeting, await world.admit(meeting, 'grace'));
    await grace.untilPresent('grace');
    expect(await connections(world.emulator)).toMatchObject([{ externalUserId: 'grace' }]);
  });

  it('gets 404 when its upgrade request has no path', async () => {
    const socket = connect(world.emulator.port, '127.0.0.1');
    socket.write('GET // HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1.1 404/);
    expect(await connections(world.emulator)).toEqual([]);
    socket.destroy();
  });

  it('is disconnected from a URL where no meeting is', async () => {
    const { MediaPlacement } = await openMeeting(world.chime);
    const astray = { MediaPlacement: { SignalingUrl: `${MediaPlacement?.SignalingUrl}/astray` } };
    expect(await (await openClient(astray, { JoinToken: 'abc' })).closed).toBe(1006);
  });
});
