import { connect, disconnect } from '../../emulator/state/attendees/presence.ts';
import { applyEvent } from '../../lib/flows/epoch/apply-event.ts';
import type { TestWorld } from '../support/local-world.ts';
import { uniqueMeetingId } from '../support/people.ts';
import { clock } from '../support/skipping-clock.ts';
import { killPrimary, startStage } from '../support/stage/facts.ts';
import { audience, someone } from '../support/stage/people.ts';
import { attendeeOf, deliver, eventOf, hear, notificationOf, seen } from './support.ts';

let world: TestWorld;
let heard: object[];
beforeAll(async () => {
  world = await startStage();
  heard = hear(world);
});
afterAll(() => world.close());

/** What is seen of a person of whom no event was applied. */
const NOTHING = { presence: undefined, intervals: [] };

/** Lets the handler process every event that Chime has sent since the last call. */
const deliverAll = () => deliver(heard.splice(0));

/** A meeting with a host on stage and a viewer in a replica, and a reader of a person's presence. */
async function hall(viewer = 'vic') {
  const name = uniqueMeetingId();
  const { host } = await audience(name, [viewer]);
  const join = (who: string) => someone(name, who, who === 'the-host' ? { role: 'host' } : {}).seat();
  const at = async (who: string) => attendeeOf(world, await join(who));
  const presence = async (who: string) => ((await host.see(who)).body as { presence: string }).presence;
  return { name, host, at, presence };
}

describe('the presence of a person', () => {
  it('is expected until Chime has reported a connection', async () => {
    const { presence } = await hall();
    await deliverAll();
    expect([await presence('the-host'), await presence('vic')]).toEqual(['expected', 'expected']);
  });

  it.each(['the-host', 'vic'])('follows the connection of %s', async (who) => {
    const { at, presence } = await hall();
    const them = await at(who);
    const states: string[] = [];
    for (const happens of ['joined', 'dropped', 'joined', 'left'] as const) {
      if (happens === 'joined') connect(world.emulator.state, them);
      else disconnect(world.emulator.state, them, happens);
      await deliverAll();
      states.push(await presence(who));
    }
    expect(states).toEqual(['present', 'dropped', 'present', 'left']);
  });

  it('is on the list of all attendees, too', async () => {
    const { host, at } = await hall();
    connect(world.emulator.state, await at('vic'));
    await deliverAll();
    expect((await host.list()).body).toMatchObject({
      attendees: expect.arrayContaining([
        expect.objectContaining({ externalUserId: 'vic', presence: 'present' }),
        expect.objectContaining({ externalUserId: 'the-host', presence: 'expected' }),
      ]),
    });
  });

  it('continues when the person changes to another device', async () => {
    const { at, presence } = await hall();
    const them = await at('vic');
    connect(world.emulator.state, them);
    connect(world.emulator.state, them);
    await deliverAll();
    expect(await presence('vic')).toBe('present');
  });

  it('is that of the seat again once the person is off the stage', async () => {
    const { name, host, at, presence } = await hall();
    connect(world.emulator.state, await at('vic'));
    await deliverAll();
    await host.promote('vic');
    const { Attendee, primaryMeetingId } = (await someone(name, 'vic').promotion()).body as {
      Attendee: { AttendeeId: string };
      primaryMeetingId: string;
    };
    const of = { externalMeetingId: name, meetingId: primaryMeetingId, externalUserId: 'vic' };
    const about = { ...of, attendeeId: Attendee.AttendeeId };
    await deliver([eventOf('AttendeeDropped', clock.now() + 1000, about)]);
    expect(await presence('vic')).toBe('dropped');
    await host.demote('vic');
    expect(await presence('vic')).toBe('present');
  });

  it('does not apply to a seat that was assigned after the event', async () => {
    const { name, at, presence, host } = await hall();
    connect(world.emulator.state, await at('vic'));
    await deliverAll();
    await killPrimary(world, name);
    await deliverAll();
    await host.seat();
    await someone(name, 'vic').seat();
    expect(await presence('vic')).toBe('expected');
  });
});

describe('an attendee that is no person', () => {
  it('does not change its owner’s presence, when a content share ends', async () => {
    const { at, presence } = await hall();
    const { about } = await at('the-host');
    const content = { ...about, attendeeId: `${about.attendeeId}#content` };
    const now = clock.now() + 1000;
    await deliver([eventOf('AttendeeJoined', now, about), eventOf('AttendeeLeft', now + 1, content)]);
    expect(await presence('the-host')).toBe('present');
  });

  it.each(['aws:MediaPipeline-1', 'AWS:MediaPipeline-1'])('is ignored: %s', async (pipeline) => {
    const { name, at } = await hall();
    const { about } = await at('the-host');
    const { detail } = eventOf('AttendeeJoined', clock.now(), { ...about, externalUserId: pipeline });
    expect(await applyEvent(detail, clock.now())).toBe('ignored');
    expect(await seen(name, pipeline)).toEqual(NOTHING);
  });
});

describe('a user id that looks like a seat', () => {
  it('on stage is the person’s own id', async () => {
    const { name, host, presence } = await hall('seat-0001');
    await someone(name, 'wim').seat({ mediaRegion: 'us-east-1' });
    await host.promote('seat-0001');
    const { body } = await someone(name, 'seat-0001').promotion();
    const { Attendee, primaryMeetingId } = body as {
      Attendee: { AttendeeId: string };
      primaryMeetingId: string;
    };
    connect(world.emulator.state, attendeeOf(world, { Meeting: { MeetingId: primaryMeetingId }, Attendee }));
    await deliverAll();
    expect([await presence('seat-0001'), await presence('wim')]).toEqual(['present', 'expected']);
  });

  it('in a replica is the holder of that seat', async () => {
    const { name, at, presence } = await hall('seat-0001');
    await someone(name, 'wim').seat({ mediaRegion: 'us-east-1' });
    const wims = await at('wim');
    expect(wims.attendee.externalUserId).toBe('seat-0001');
    connect(world.emulator.state, wims);
    await deliverAll();
    expect([await presence('seat-0001'), await presence('wim')]).toEqual(['expected', 'present']);
  });
});

describe('an event of another application', () => {
  const about = { externalMeetingId: 'nobody-knows', meetingId: 'm', attendeeId: 'a', externalUserId: 'ada' };

  it('is deleted from the queue, and writes nothing', async () => {
    const { name, at } = await hall();
    const { about: ours } = await at('the-host');
    const events = [
      eventOf('AttendeeJoined', 1, about),
      eventOf('MeetingEnded', 1, about),
      eventOf('AttendeeJoined', 1, { ...ours, meetingId: 'another-meeting' }),
      eventOf('MeetingEnded', 1, { ...ours, meetingId: 'another-meeting' }),
      eventOf('AttendeeJoined', 1, { ...ours, externalUserId: 'a-stranger' }),
      eventOf('AttendeeDances', 1, ours),
      eventOf('AttendeeVideoStarted', 1, ours),
    ];
    expect(await deliver([...events, ...events.map(notificationOf)])).toEqual([]);
    expect([await seen(name, 'a-stranger'), await seen('nobody-knows', 'ada')]).toEqual([NOTHING, NOTHING]);
    expect(await seen(name, 'the-host')).toEqual(NOTHING);
  });
});
