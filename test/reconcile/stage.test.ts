import { presentAttendees } from '../../emulator/state/meetings/meeting.ts';
import { createAttendee } from '../../lib/chime/attendees.ts';
import { CLOCK_SKEW_MS } from '../../lib/domain/meeting/clocks.ts';
import { primaryMeetingId } from '../../lib/domain/meeting/topology.ts';
import { readParticipant, type Subject } from '../../lib/store/participant/participants.ts';
import { claimPlace, startLeaving } from '../../lib/store/participant/places.ts';
import { enterStage } from '../../lib/store/topology/stage.ts';
import type { JoinedBody } from '../../simulation/joined-body.ts';
import { seatOf } from '../../simulation/joined-body.ts';
import { atOnce, LEASE_IS_OVER_MS } from '../flows/support.ts';
import { aGate } from '../support/gate.ts';
import { isGood, useSweptWorld } from './support.ts';

const world = useSweptWorld();
const { chime } = world;
const presenter = (name: string, user: string, options = {}) =>
  world.person(name, user, { role: 'presenter', ...options });

const subjectOf = async (name: string, user: string): Promise<Subject> => {
  const topology = await world.topologyOf(name);
  const known = await readParticipant(name, user);
  return { topology, caller: { externalUserId: user, role: 'presenter' }, knownEpoch: known?.epoch };
};
const lease = () => ({ owner: 'who-died', until: world.now() + 15_000 });
const namesAtChime = (name: string) => {
  const primary = world.primaryOf(name);
  return primary ? presentAttendees(primary).map(({ externalUserId }) => externalUserId) : [];
};
const addAtChime = async (name: string, ExternalUserId: string) =>
  createAttendee(async () => 'permitted', primaryMeetingId(await world.topologyOf(name)) as string, {
    ExternalUserId,
  });

/** The records of a process that died while it changed a person's place. */
const crashes: Record<string, (name: string) => Promise<unknown>> = {
  'claimed a place and entered': async (name) => {
    const subject = await subjectOf(name, 'eve');
    await claimPlace(subject, { lease: lease(), promoted: false, now: world.now() });
    await enterStage(subject.topology, 'eve');
  },
  'made an attendee and died before recording it': async (name) => {
    await crashes['claimed a place and entered']?.(name);
    await addAtChime(name, 'eve');
  },
  'began to take a person off the stage': async (name) => {
    await presenter(name, 'eve').seat();
    const place = (await readParticipant(name, 'eve'))?.place;
    if (!place) throw new Error('eve has no place');
    await startLeaving(await subjectOf(name, 'eve'), { place, lease: lease(), now: world.now() });
  },
  'took an attendee, and not the name': async (name) => {
    await crashes['began to take a person off the stage']?.(name);
    const primary = world.primaryOf(name);
    const eve = primary && presentAttendees(primary).find((one) => one.externalUserId === 'eve');
    if (!eve || !primary) throw new Error('eve is not at Chime');
    eve.deletedAt = chime.world.emulator.state.clock.now();
    primary.attendeeCount -= 1;
  },
  'entered a name that no record knows': async (name) => enterStage(await world.topologyOf(name), 'eve'),
  'made an attendee that no record knows': (name) => addAtChime(name, 'eve'),
};

describe.each(Object.keys(crashes))('where a process died that %s', (what) => {
  it('leaves nothing behind once leases are over: no name, no place, no attendee', async () => {
    const { name } = await world.house(0);
    await crashes[what]?.(name);
    world.pass(LEASE_IS_OVER_MS);
    await world.reconcileName(name);
    expect(await world.wrongWith(name)).toEqual([]);
    expect(namesAtChime(name)).toEqual(['the-host']);
    expect((await presenter(name, 'eve').seat()).status).toBe('joined');
    expect(await world.wrongWith(name)).toEqual([]);
  });
});

describe('a claim on a place whose lease runs', () => {
  it('is not changed, by any number of passes', async () => {
    const { name } = await world.house(0);
    const gate = aGate();
    const joining = presenter(name, 'eve', { pause: gate.pause }).join();
    await gate.reached;
    await atOnce(3, () => world.reconcileName(name));
    gate.open();
    const { status, body } = await joining;
    expect(status).toBe(200);
    expect(isGood(world, body as JoinedBody)).toBe(true);
    expect(await world.wrongWith(name)).toEqual([]);
  });
});

describe('a second attendee of a person on stage', () => {
  it('is deleted, and the one on record is not', async () => {
    const { name } = await world.house(0);
    const before = await presenter(name, 'eve').seat();
    await addAtChime(name, 'eve');
    await world.reconcileName(name);
    expect(namesAtChime(name)).toEqual(['the-host', 'eve']);
    expect(isGood(world, before)).toBe(true);
    expect(seatOf(await presenter(name, 'eve').seat())).toEqual(seatOf(before));
  });
});

describe('a person whose attendee was deleted at Chime by an operator', () => {
  it('is off the stage after a reconciler pass, and gets a new attendee by a join', async () => {
    const { name } = await world.house(0);
    const before = await presenter(name, 'eve').seat();
    const primary = world.primaryOf(name);
    const eve = primary?.attendees.get(before.Attendee.AttendeeId);
    if (!eve || !primary) throw new Error('eve is not at Chime');
    eve.deletedAt = chime.world.emulator.state.clock.now();
    primary.attendeeCount -= 1;
    world.pass(CLOCK_SKEW_MS + 1); // a place that may be newer than Chime's list is left alone
    await world.reconcileName(name);
    expect((await world.topologyOf(name)).stage).toEqual(new Set(['the-host']));
    expect(isGood(world, await presenter(name, 'eve').seat())).toBe(true);
  });
});

describe('twenty presenters who enter, and some who leave, while the reconciler runs again and again', () => {
  it('all get a living attendee and keep it, and each is on stage once', async () => {
    for (let round = 0; round < 4; round++) {
      const { name } = await world.house(0, {});
      await atOnce(5, (k) => presenter(name, `early-${k}`).seat());
      const leaving = atOnce(5, (k) => presenter(name, `early-${k}`).leave());
      const reconciling = (async () => {
        for (let k = 0; k < 6; k++) await atOnce(2, () => world.reconcileName(name));
      })();
      const seats = await atOnce(20, (k) => presenter(name, `eve-${k}`).seat());
      await Promise.all([leaving, reconciling]);
      expect(seats.filter((seat) => !isGood(world, seat))).toEqual([]);
      expect(await world.wrongWith(name)).toEqual([]);
      expect(namesAtChime(name)).toHaveLength(21);
    }
  });
});
