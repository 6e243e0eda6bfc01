import { foldEvent } from '../../lib/flows/fold-event.ts';
import { readParticipant } from '../../lib/store/participants.ts';
import { useSweptWorld } from './support.ts';

const world = useSweptWorld({ END_EMPTY_AFTER_MS: '300000' });
const presenter = (name: string, user: string) => world.person(name, user, { role: 'presenter' });
const MINUTE = 60_000;

const tell = async (
  name: string,
  user: string,
  event: string,
  meetingId = world.primaryOf(name)?.meetingId,
) => {
  world.pass(1000);
  const about = { externalMeetingId: name, meetingId, externalUserId: user, attendeeId: 'whichever' };
  await foldEvent({ eventType: `chime:${event}`, timestamp: world.now(), ...about } as never, world.now());
};

describe('a stage whose people Chime saw go', () => {
  it('ends its meeting when it was empty for as long as the deployment allows', async () => {
    const { name } = await world.house(0);
    await tell(name, 'the-host', 'AttendeeJoined');
    await tell(name, 'the-host', 'AttendeeDropped');
    await world.sweepName(name);
    world.pass(4 * MINUTE);
    await world.sweepName(name);
    expect(world.primaryOf(name)).toBeDefined();
    world.pass(2 * MINUTE);
    await world.sweepName(name);
    expect(world.primaryOf(name)).toBeUndefined();
    expect(await world.topologyOf(name)).toMatchObject({ epoch: 2, status: 'scheduled' });
  });

  it('keeps it when somebody came back meanwhile, and counts anew when they go', async () => {
    const { name } = await world.house(0);
    await tell(name, 'the-host', 'AttendeeLeft');
    await world.sweepName(name);
    world.pass(4 * MINUTE);
    await tell(name, 'the-host', 'AttendeeJoined');
    await world.sweepName(name);
    await tell(name, 'the-host', 'AttendeeLeft');
    world.pass(4 * MINUTE);
    await world.sweepName(name);
    world.pass(4 * MINUTE);
    await world.sweepName(name);
    expect(world.primaryOf(name)).toBeDefined();
    world.pass(2 * MINUTE);
    await world.sweepName(name);
    expect(world.primaryOf(name)).toBeUndefined();
  });
});

describe('a stage where nobody knows of somebody', () => {
  it('is kept: whom no event told of counts as there', async () => {
    const { name } = await world.house(0);
    await presenter(name, 'bob').seat();
    await tell(name, 'the-host', 'AttendeeLeft');
    for (let k = 0; k < 4; k++) {
      world.pass(3 * MINUTE);
      await world.sweepName(name);
    }
    expect(world.primaryOf(name)).toBeDefined();
  });

  it('is kept where it was their seat in a replica that they left', async () => {
    const { name, seats } = await world.house(1);
    await world.host(name).promote('viewer-0');
    await world.host(name).leave();
    await tell(name, 'seat-0000', 'AttendeeLeft', seats[0]?.Meeting.MeetingId);
    expect((await readParticipant(name, 'viewer-0'))?.presence).toMatchObject({ state: 'left' });
    for (let k = 0; k < 4; k++) {
      world.pass(3 * MINUTE);
      await world.sweepName(name);
    }
    expect(world.primaryOf(name)).toBeDefined();
  });
});
