import { openMeeting } from '../builders.ts';
import { eventTypes, outOfBand } from '../out-of-band.ts';
import { joinAs, type ScriptedClient } from './client.ts';
import { type Place, type Seat, useSignaling } from './support.ts';

const world = useSignaling({ cascadeEndedEvents: false, eventLoss: 1 });

let primary: Place;
let replica: Place;
let seats: { ada: Seat; linus: Seat };
let ada: ScriptedClient;
let linus: ScriptedClient;

beforeEach(async () => {
  primary = await openMeeting(world.chime);
  replica = await world.replica(primary);
  seats = { ada: await world.admit(primary, 'ada'), linus: await world.admit(replica, 'linus') };
  ada = await joinAs(primary, seats.ada);
  linus = await joinAs(replica, seats.linus);
  for (const client of [ada, linus]) await client.untilPresent('ada');
});

/** How a client was sent away: the last audio status, and the code with which its socket was closed. */
async function sentAway(client: ScriptedClient): Promise<[number | undefined, number]> {
  const code = await client.closed;
  return [client.frames.findLast(({ audioStatus }) => audioStatus)?.audioStatus?.audioStatus, code];
}

describe('a connected client learns of control-plane changes even if every event is lost', () => {
  it('DeleteMeeting of the primary ends the session of all clients, in the replicas too', async () => {
    await world.chime.deleteMeeting(primary);
    expect(await Promise.all([ada, linus].map(sentAway))).toEqual([
      [410, 4410],
      [410, 4410],
    ]);
  });

  it('DeleteMeeting of a replica ends the session of its own viewers only', async () => {
    await world.chime.deleteMeeting(replica);
    expect(await sentAway(linus)).toEqual([410, 4410]);
    const grace = await joinAs(primary, await world.admit(primary, 'grace'));
    await Promise.all([ada, grace].map((client) => client.untilPresent('ada', 'grace')));
  });

  it('a meeting that reaches its maximum age ends the session of its clients', async () => {
    await outOfBand(world.emulator, 'POST clock', { advanceMs: 86_400_000 });
    expect(await sentAway(ada)).toEqual([410, 4410]);
  });

  it('DeleteAttendee disconnects the attendee, and the others see the departure', async () => {
    await world.chime.deleteAttendee({ MeetingId: primary.MeetingId, AttendeeId: seats.ada.AttendeeId });
    expect(await sentAway(ada)).toEqual([411, 4403]);
    await linus.untilPresent();
    expect((await eventTypes(world.emulator)).at(-1)).toBe('chime:AttendeeDeleted');
  });

  it('DeleteAttendee of a viewer is not reported to the others', async () => {
    await world.chime.deleteAttendee({ MeetingId: replica.MeetingId, AttendeeId: seats.linus.AttendeeId });
    expect(await sentAway(linus)).toEqual([411, 4403]);
    expect(ada.present()).toEqual(['ada']);
  });

  it('a reset ends the session of all clients', async () => {
    await outOfBand(world.emulator, 'POST reset');
    expect(await sentAway(linus)).toEqual([410, 4410]);
  });
});

describe('closing the emulator', () => {
  it('breaks every socket, and reports no departure to the others', async () => {
    const before = world.emulator.state.events.since(0).length;
    await world.emulator.stop();
    expect(await Promise.all([ada.closed, linus.closed])).toEqual([1006, 1006]);
    expect(world.emulator.state.events.since(before)).toEqual([]);
  });
});
