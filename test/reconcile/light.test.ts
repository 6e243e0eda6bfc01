import { presentAttendees } from '../../emulator/state/meetings/meeting.ts';
import { createAttendee } from '../../lib/chime/attendees.ts';
import { checkLife, type Glimpse, lookLightly, replicasOf } from '../../lib/flows/reconcile/light.ts';
import { putOnList, takePass } from '../../lib/store/topology/due.ts';
import { readOnList } from '../../lib/store/topology/screening.ts';
import { enterStage } from '../../lib/store/topology/stage.ts';
import { calmNames } from './calm-names.ts';
import { useSweptWorld } from './support.ts';

const world = useSweptWorld();
const { calmName, isLookedAt } = calmNames(world);
const FIVE_MINUTES = 300_001;
const limiter = async () => 'permitted' as const;
const means = () => ({ limiter, now: world.now, by: 'a-pass' });

/** The name as a pass lists it. */
async function glimpseOf(name: string): Promise<Glimpse> {
  const [listed] = await readOnList([{ externalMeetingId: name, reconcileAt: 0 }]);
  if (!listed) throw new Error(`${name} is not on the list`);
  const { topology, reconcileAt } = listed;
  const meetingId = topology.primary?.Meeting?.MeetingId as string;
  const { epoch, stage } = topology;
  const replicas = replicasOf(topology);
  return {
    externalMeetingId: name,
    reconcileAt,
    epoch,
    meetingId,
    stage: [...stage],
    replicas,
    isPlain: true,
  };
}
const dueOf = async (name: string) =>
  (await readOnList([{ externalMeetingId: name, reconcileAt: 0 }]))[0]?.reconcileAt;

const changes: Record<string, (name: string, glimpse: Glimpse) => Promise<unknown>> = {
  'another write made the name due': (name) => putOnList(name, world.now()),
  'another pass looks at the name': (_, glimpse) =>
    takePass(glimpse, { owner: 'another-pass', until: world.now() + 90_000 }),
  'a person without a record entered the stage': async (name) =>
    enterStage(await world.topologyOf(name), 'eve'),
  'Chime has an attendee whom no record names': (_, { meetingId }) =>
    createAttendee(limiter, meetingId, { ExternalUserId: 'eve' }),
  'Chime has a second attendee of the host': (_, { meetingId }) =>
    createAttendee(limiter, meetingId, { ExternalUserId: 'the-host' }),
  'the primary died': async (name) => world.chime.kill(world.primaryOf(name)),
};

describe('a light look', () => {
  it('plans the next one where nothing is to be repaired', async () => {
    const glimpse = await glimpseOf(await calmName());
    const from = world.now();
    expect(await lookLightly(glimpse, means())).toBe('calm');
    expect(await dueOf(glimpse.externalMeetingId)).toBeGreaterThanOrEqual(from + 300_000);
  });

  it.each(Object.keys(changes))('writes nothing where, since the name was listed, %s', async (which) => {
    const name = await calmName();
    const glimpse = await glimpseOf(name);
    await changes[which]?.(name, glimpse);
    const due = await dueOf(name);
    world.pass(1000);
    expect(await lookLightly(glimpse, means())).toBe('differs');
    expect(await dueOf(name)).toBe(due);
  });

  it('is followed by one under a lease that repairs what differs', async () => {
    const name = await calmName();
    await createAttendee(limiter, (await glimpseOf(name)).meetingId, { ExternalUserId: 'eve' });
    expect(await isLookedAt(name, FIVE_MINUTES)).toBe(true);
    const primary = world.primaryOf(name);
    expect(primary && presentAttendees(primary).map((one) => one.externalUserId)).toEqual(['the-host']);
  });

  it('of two passes at once, one plans the next', async () => {
    const glimpse = await glimpseOf(await calmName());
    await lookLightly(glimpse, means());
    const due = await dueOf(glimpse.externalMeetingId);
    world.pass(1000);
    expect(await lookLightly(glimpse, means())).toBe('differs');
    expect(await dueOf(glimpse.externalMeetingId)).toBe(due);
  });
});

describe('the check of a primary', () => {
  it('is recorded if Chime finds the primary', async () => {
    const name = await calmName();
    const from = world.now();
    expect(await checkLife(await glimpseOf(name), means())).toBe('alive');
    expect((await world.topologyOf(name)).primary?.checkedAt).toBeGreaterThanOrEqual(from);
  });

  it.each([
    ['gone', 'Chime does not find the primary'],
    ['unsure', 'Chime does not answer'],
  ])('says %s and records nothing where %s', async (outcome) => {
    const name = await calmName();
    const before = (await world.topologyOf(name)).primary?.checkedAt;
    const glimpse = await glimpseOf(name);
    if (outcome === 'gone') world.chime.kill(world.primaryOf(name));
    else world.chime.strike('GetMeeting', 'error-503', 99);
    expect(await checkLife(glimpse, means())).toBe(outcome);
    world.chime.world.emulator.state.faults = [];
    expect((await world.topologyOf(name)).primary?.checkedAt).toBe(before);
  });
});
