import type { Answer, Role } from '../../lib/context.ts';
import type { Operation } from '../../lib/contract/operation.ts';
import { type OperationName, operations } from '../../lib/contract.ts';
import { ban } from '../../lib/store/participant/bans.ts';
import { readParticipant } from '../../lib/store/participant/participants.ts';
import type { TestWorld } from '../support/local-world.ts';
import { person, refusalOf, uniqueMeetingId } from '../support/people.ts';
import { clock } from '../support/skipping-clock.ts';
import { attendeeAtChime, calm, onStageAtChime, startStage, strike } from '../support/stage/facts.ts';
import { audience } from '../support/stage/people.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await startStage();
});
afterAll(() => world.close());

type Person = ReturnType<typeof person>;

const MUTED = { Audio: 'None', Video: 'None', Content: 'None' };

/** How a person calls each operation of the contract. An operation that is open to banned people says why. */
const ROUTES: Record<OperationName, ((caller: Person) => Promise<Answer>) | { exempt: string }> = {
  listMeetings: { exempt: 'it is about all meetings, and a ban is of one' },
  createMeeting: (caller) => caller.create({ maxReplicas: 2 }),
  getMeeting: (caller) => caller.get(),
  endMeeting: (caller) => caller.end(),
  reopenMeeting: (caller) => caller.reopen(),
  drainRegion: (caller) => caller.drain('eu-central-1'),
  liftDrain: (caller) => caller.liftDrain('eu-central-1'),
  openCurtain: (caller) => caller.goLive(),
  closeCurtain: (caller) => caller.endLive(),
  setCaptions: (caller) => caller.setCaptions({ languageCode: 'en-US' }),
  stopCaptions: (caller) => caller.stopCaptions(),
  joinMeeting: (caller) => caller.join(),
  leaveMeeting: { exempt: 'leaving only gives back' },
  reportClientEvents: (caller) => caller.report('any', { drops: 1 }),
  listAttendees: (caller) => caller.list(),
  getAttendee: (caller) => caller.see('vic'),
  removeAttendee: (caller) => caller.remove('vic', { ban: true }),
  updateAttendee: (caller) => caller.capabilities('the-host', MUTED),
  muteAll: (caller) => caller.muteAll(),
  listAttendance: (caller) => caller.attendance(),
  eraseAttendance: (caller) => caller.eraseAttendance('vic'),
  getUsage: (caller) => caller.usage(),
  listBans: (caller) => caller.bans(),
  liftBan: (caller) => caller.unban('mallory-h'),
  provisionSeats: (caller) => caller.provision({ 'us-east-1': 100 }),
  grantPromotion: (caller) => caller.promote('vic'),
  getPromotion: (caller) => caller.promotion(),
  revokePromotion: (caller) => caller.demote('val'), // stepping down oneself is exempt, because it only gives back
  raiseHand: (caller) => caller.raise(),
  lowerHand: (caller) => caller.lower(),
  lowerHandOf: (caller) => caller.lowerOf('vic'),
  listHands: (caller) => caller.hands(),
  getHealth: { exempt: 'it is asked without a token' },
  getOpenapi: { exempt: 'it is asked without a token' },
};

const ROLES: Role[] = ['host', 'presenter', 'viewer'];
const served = Object.entries<Operation>(operations) as [OperationName, Operation][];
const rolesOf = ({ roles }: Operation) => ROLES.filter((role) => roles === 'any' || roles.includes(role));
/** A viewer is refused with FORBIDDEN before anything is read. */
const ownRefusal = (name: OperationName, role: Role) =>
  name === 'revokePromotion' && role === 'viewer' ? 'FORBIDDEN' : 'BANNED';

const checked = served.flatMap(([name, operation]) => {
  const ask = ROUTES[name];
  return typeof ask === 'function' ? rolesOf(operation).map((role) => ({ name, role, ask })) : [];
});

/** A meeting with a seated viewer, a promoted viewer, and a banned person of each role. */
async function withBanned() {
  const name = uniqueMeetingId();
  const { host } = await audience(name, ['vic', 'val']);
  await host.promote('val');
  const mallory = { host: 'mallory-h', presenter: 'mallory-p', viewer: 'mallory-v' };
  const as = (role: Role) => person(name, mallory[role], { role });
  for (const role of ROLES) await as(role).seat();
  for (const role of ROLES) await host.remove(mallory[role], { ban: true });
  return { name, host, as };
}

describe('a route of the contract', () => {
  let hall: Awaited<ReturnType<typeof withBanned>>;
  beforeAll(async () => {
    hall = await withBanned();
  });

  it('is either closed to banned people, or listed with a reason why not', () => {
    expect(Object.keys(ROUTES).toSorted()).toEqual(Object.keys(operations).toSorted());
    const closed = served.filter(([name]) => typeof ROUTES[name] === 'function').map(([name]) => name);
    const refusing = served.filter(([, { refusals }]) => refusals.includes('BANNED')).map(([name]) => name);
    expect(refusing).toEqual(closed);
  });

  it.each(checked)('$name refuses a banned $role, and changes nothing', async ({ name, role, ask }) => {
    const { name: meeting, host, as } = hall;
    const before = (await host.get()).body;
    expect(await refusalOf(ask(as(role)))).toBe(ownRefusal(name, role));
    expect((await host.get()).body).toEqual(before);
    expect(onStageAtChime(world, meeting)).toEqual(['the-host', 'val']);
    expect(attendeeAtChime(world, meeting, 'the-host')?.capabilities.Audio).toBe('SendReceive');
    expect((await host.bans()).body).toMatchObject({ bans: [{}, {}, {}] });
  });

  it.each(ROLES)('lets a banned %s leave and step down, which changes nothing', async (role) => {
    const banned = hall.as(role);
    expect((await banned.leave()).status).toBe(204);
    expect((await banned.demote(`mallory-${role[0]}`)).status).toBe(204);
    expect(await refusalOf(banned.join())).toBe('BANNED');
  });
});

describe('a banned host', () => {
  it('cannot create a name that has no meeting behind it', async () => {
    const name = uniqueMeetingId();
    await ban(name, 'mallory', clock.now()); // a ban outlives the name
    const mallory = person(name, 'mallory', { role: 'host' });
    expect(await refusalOf(mallory.create())).toBe('BANNED');
    expect(await refusalOf(mallory.join())).toBe('BANNED');
    expect(await refusalOf(mallory.get())).toBe('MEETING_NOT_FOUND');
  });

  it('is put out completely by a ban of their own name', async () => {
    const name = uniqueMeetingId();
    const { host } = await audience(name, []);
    expect((await host.remove('the-host', { ban: true })).status).toBe(204);
    expect(onStageAtChime(world, name)).toEqual([]);
  });

  it('may repeat the ban of their own name until Chime has deleted their attendee', async () => {
    const name = uniqueMeetingId();
    const { host } = await audience(name, []);
    strike(world, 'DeleteAttendee', { fault: 'error-500', times: 30 });
    const outcome = await refusalOf(host.remove('the-host', { ban: true }));
    calm(world);
    expect([outcome, onStageAtChime(world, name)]).toEqual(['UPSTREAM_UNAVAILABLE', ['the-host']]);
    expect((await host.remove('the-host', { ban: true })).status).toBe(204);
    expect(onStageAtChime(world, name)).toEqual([]);
    expect(await refusalOf(host.unban('the-host'))).toBe('BANNED');
  });
});

describe('a request of a person about a meeting', () => {
  const asked = served
    .flatMap(([name, operation]) =>
      operation.open || operation.params === undefined
        ? []
        : rolesOf(operation).map((role) => ({ name, role })),
    )
    .toSorted((a, b) => Number(a.name === 'endMeeting') - Number(b.name === 'endMeeting'));
  /** A leave, and what may come with it. */
  const NO_EVIDENCE: OperationName[] = ['leaveMeeting', 'reportClientEvents'];
  const LATER = 16_000;
  let meeting: string;
  beforeAll(async () => {
    meeting = uniqueMeetingId();
    const { host } = await audience(meeting, ['vic', 'val'], { meetingFeatures: {} });
    await host.promote('val');
  });

  const ownAsk = (name: OperationName, who: string) => {
    if (name === 'leaveMeeting') return (caller: Person) => caller.leave();
    if (name === 'revokePromotion') return (caller: Person) => caller.demote(who);
    return ROUTES[name] as (caller: Person) => Promise<Answer>;
  };

  /** What a new person's record says of their last noted request, once they asked for something so much later. */
  async function seenAfter(name: OperationName, role: Role, afterMs: number) {
    const who = `${name}-${role}`;
    await person(meeting, who, { role }).seat();
    clock.pass(afterMs);
    const from = clock.now();
    await ownAsk(name, who)(person(meeting, who, { role })).catch(() => {});
    return { seenAt: (await readParticipant(meeting, who))?.seenAt, from };
  }

  it('is not noted within fifteen seconds of the last evidence', async () => {
    expect((await seenAfter('listHands', 'host', 1000)).seenAt).toBeUndefined();
  });

  it.each(asked)(
    'for $name as a $role is evidence of presence, except for leave and reports',
    async ({ name, role }) => {
      const { seenAt, from } = await seenAfter(name, role, LATER);
      if (NO_EVIDENCE.includes(name)) expect(seenAt).toBeUndefined();
      else expect(seenAt).toBeGreaterThanOrEqual(from);
    },
  );
});
