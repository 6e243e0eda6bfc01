import { startPipeline } from '../../emulator/state/attendees/pipeline.ts';
import { connect } from '../../emulator/state/attendees/presence.ts';
import { applyEvent } from '../../lib/flows/epoch/apply-event.ts';
import { leftoversPk } from '../../lib/store/keys.ts';
import { readParticipant } from '../../lib/store/participant/participants.ts';
import { type Held, type Latency, laggingWires } from '../support/stage/latency.ts';
import { useSweptWorld } from './support.ts';

const world = useSweptWorld({ END_EMPTY_AFTER_MS: '300000' });
const presenter = (name: string, user: string) => world.person(name, user, { role: 'presenter' });
const host = (name: string) => world.host(name);
const MINUTE = 60_000;
/** More than the clock skew between machines. */
const LATER = 6000;

const tell = async (
  name: string,
  user: string,
  event: string,
  meetingId = world.primaryOf(name)?.meetingId,
) => {
  world.pass(LATER);
  const about = { externalMeetingId: name, meetingId, externalUserId: user, attendeeId: 'whichever' };
  await applyEvent({ eventType: `chime:${event}`, timestamp: world.now(), ...about } as never, world.now());
};

const record = (name: string) => {
  const primary = world.primaryOf(name);
  if (primary) startPipeline(world.chime.world.emulator.state, primary);
};

/** A meeting with a host on stage, and a media pipeline that keeps it alive. */
async function recorded() {
  const { name } = await world.house(0);
  record(name);
  return name;
}

/** Runs the reconciler once a minute. */
async function reconcileFor(name: string, minutes: number) {
  for (let k = 0; k < minutes; k++) {
    world.pass(MINUTE);
    await world.reconcileName(name);
  }
}

describe('a meeting that a media pipeline keeps alive after every person on stage has left', () => {
  it('ends once it was empty for the deployment’s limit', async () => {
    const name = await recorded();
    await tell(name, 'the-host', 'AttendeeJoined');
    await tell(name, 'the-host', 'AttendeeLeft');
    await reconcileFor(name, 5);
    expect(world.primaryOf(name)).toBeDefined();
    await reconcileFor(name, 2);
    expect(world.primaryOf(name)).toBeUndefined();
    expect(await world.topologyOf(name)).toMatchObject({ epoch: 2, status: 'scheduled' });
  });

  it('ends also where the people left the stage', async () => {
    const name = await recorded();
    await host(name).leave();
    await reconcileFor(name, 7);
    expect(world.primaryOf(name)).toBeUndefined();
  });

  it('stays when a person came back meanwhile, and is timed anew when they leave', async () => {
    const name = await recorded();
    await tell(name, 'the-host', 'AttendeeLeft');
    await reconcileFor(name, 4);
    await tell(name, 'the-host', 'AttendeeJoined');
    await reconcileFor(name, 4);
    await tell(name, 'the-host', 'AttendeeLeft');
    await reconcileFor(name, 5);
    expect(world.primaryOf(name)).toBeDefined();
    await reconcileFor(name, 2);
    expect(world.primaryOf(name)).toBeUndefined();
  });
});

describe('a meeting that a media pipeline keeps alive stays', () => {
  it('while a person on stage has no departure event', async () => {
    const name = await recorded();
    await presenter(name, 'bob').seat();
    await tell(name, 'the-host', 'AttendeeLeft');
    await reconcileFor(name, 12);
    expect(world.primaryOf(name)).toBeDefined();
  });

  it('where a person on stage only dropped, because the return event may be lost', async () => {
    const name = await recorded();
    await tell(name, 'the-host', 'AttendeeDropped');
    await reconcileFor(name, 12);
    expect(world.primaryOf(name)).toBeDefined();
  });

  it.each(['join', 'get'] as const)(
    'where a person made a request (%s) after the event that they left',
    async (ask) => {
      const name = await recorded();
      await tell(name, 'the-host', 'AttendeeLeft');
      await reconcileFor(name, 2);
      await host(name)[ask]();
      await reconcileFor(name, 12);
      expect(world.primaryOf(name)).toBeDefined();
    },
  );

  it('where the departure event is of an earlier connection, before the person entered the stage again', async () => {
    const name = await recorded();
    await tell(name, 'the-host', 'AttendeeLeft');
    await host(name).leave();
    world.pass(LATER);
    await host(name).seat();
    await reconcileFor(name, 12);
    expect(world.primaryOf(name)).toBeDefined();
  });

  it('where the departure was from a seat in a replica', async () => {
    const { name, seats } = await world.house(1);
    record(name);
    await host(name).promote('viewer-0');
    await host(name).leave();
    await tell(name, 'seat-0000', 'AttendeeLeft', seats[0]?.Meeting.MeetingId);
    expect((await readParticipant(name, 'viewer-0'))?.presence).toMatchObject({ state: 'left' });
    await reconcileFor(name, 12);
    expect(world.primaryOf(name)).toBeDefined();
  });
});

describe('a primary with people on stage and no media pipeline', () => {
  it('stays, whatever events say, because a connected person keeps it alive at Chime', async () => {
    const { name } = await world.house(0);
    const primary = world.primaryOf(name);
    const attendee = primary?.attendees.values().next().value;
    if (!primary || !attendee) throw new Error('the host is not at Chime');
    connect(world.chime.world.emulator.state, { meeting: primary, attendee });
    await tell(name, 'the-host', 'AttendeeLeft'); // and the event of the return is lost
    await reconcileFor(name, 20);
    expect(world.primaryOf(name)?.meetingId).toBe(primary.meetingId);
  });
});

describe('a presenter who comes back while the reconciler ends the meeting as empty', () => {
  let latency: Latency;
  beforeAll(() => {
    latency = laggingWires();
  });

  const leftover = (name: string, incarnation: string): Held => ({
    operation: 'UpdateItem',
    item: { pk: leftoversPk(name), sk: `${incarnation}#1#primary` },
    at: 'answer',
  });

  /** The requests at which the reconciler is held. After the last of them it begins the next epoch. */
  const STEPS: [string, (name: string, incarnation: string) => Held][] = [
    ['its people were read', () => ({ operation: 'BatchGetItem', at: 'answer' })],
    ['its attendees were listed', () => ({ operation: 'ListAttendees', at: 'answer' })],
    ['the primary is remembered as a leftover', leftover],
  ];

  it.each(STEPS)('keeps it when the join comes before the write, at the step %s', async (_, heldOf) => {
    const name = await recorded();
    const before = world.primaryOf(name)?.meetingId;
    await tell(name, 'the-host', 'AttendeeLeft');
    await reconcileFor(name, 5);
    world.pass(2 * MINUTE);
    const gate = latency.hold(heldOf(name, (await world.topologyOf(name)).incarnation));
    const reconciling = world.reconcileName(name);
    await gate.reached;
    const joined = await host(name).seat();
    gate.open();
    await reconciling;
    expect(joined.Meeting.MeetingId).toBe(before);
    expect(world.primaryOf(name)?.meetingId).toBe(before);
  });

  it('gives the presenter the next meeting when the join comes after the write, and the old one is deleted', async () => {
    const name = await recorded();
    const before = world.primaryOf(name)?.meetingId;
    await tell(name, 'the-host', 'AttendeeLeft');
    await reconcileFor(name, 5);
    world.pass(2 * MINUTE);
    const gate = latency.hold({ operation: 'DeleteMeeting', at: 'request' });
    const reconciling = world.reconcileName(name);
    await gate.reached;
    const joined = await host(name).seat();
    gate.open();
    await reconciling;
    expect(joined.Meeting.MeetingId).not.toBe(before);
    expect(chimeMeetings(name)).toEqual([joined.Meeting.MeetingId]);
  });
});

const chimeMeetings = (name: string) => world.chime.live(name).map(({ meetingId }) => meetingId);
