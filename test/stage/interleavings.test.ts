import type { Fault } from '../../emulator/state/records.ts';
import type { Answer } from '../../lib/context.ts';
import type { Topology } from '../../lib/domain/meeting/topology.ts';
import { Refusal } from '../../lib/refusals.ts';
import { readParticipant } from '../../lib/store/participant/participants.ts';
import { freshTopology } from '../../lib/store/topology/topologies.ts';
import { isLater } from '../../simulation/is-later.ts';
import { reconcileMeeting } from '../reconcile/one-name.ts';
import { budget } from '../support/budget.ts';
import type { TestWorld } from '../support/local-world.ts';
import { callOf, uniqueMeetingId } from '../support/people.ts';
import fc from '../support/random/property.ts';
import { clock } from '../support/skipping-clock.ts';
import { seatAttendee, stageFaults } from '../support/stage/audit.ts';
import { calm, isGood, startStage, strike } from '../support/stage/facts.ts';
import { type Latency, laggingWires } from '../support/stage/latency.ts';
import { audience, someone } from '../support/stage/people.ts';

const RACES_AT_LEAST = 20;
/** The reconciler compares counts with records every second time, within 150 s. */
const RECONCILED_EVERY_MS = 75_000;

let world: TestWorld;
let latency: Latency;
let name: string;

beforeAll(async () => {
  world = await startStage();
  latency = laggingWires();
  await openHall();
});
afterAll(() => world.close());

/** A fault in one run must not fail the next. */
async function openHall(): Promise<void> {
  name = uniqueMeetingId();
  await audience(name, ['first'], { meetingFeatures: {} });
}

const as = (role: 'host' | 'presenter' | 'viewer', who: string) => someone(name, who, { role });
const host = () => as('host', 'the-host');

/** The operations on one person, by themselves and by others. */
const VERBS = {
  join: (who: string) => as('viewer', who).join({ mediaRegion: 'us-east-1' }),
  'join as presenter': (who: string) => as('presenter', who).join(),
  leave: (who: string) => as('viewer', who).leave(),
  raise: (who: string) => as('viewer', who).raise(),
  promote: (who: string) => host().promote(who),
  'promote, says another': (who: string) => as('presenter', 'pia').promote(who),
  promotion: (who: string) => as('viewer', who).promotion(),
  demote: (who: string) => host().demote(who),
  'step down': (who: string) => as('viewer', who).demote(who),
  remove: (who: string) => host().remove(who),
  'remove, says another': (who: string) => as('host', 'ida').remove(who),
  ban: (who: string) => host().remove(who, { ban: true }),
};
type Verb = keyof typeof VERBS;

const BEFORE: Record<string, Verb[]> = {
  'a stranger': [],
  'a viewer': ['join'],
  'a viewer who left': ['join', 'leave'],
  'a promoted viewer': ['join', 'promote'],
  'a presenter': ['join as presenter'],
};

let people = 0;

/** Retries until there is a final answer, and records the credentials that are handed out. */
async function settle(verb: Verb, who: string, noted: Credential[]): Promise<string> {
  for (let asked = 0; asked < 6; asked++) {
    const answer = await VERBS[verb](who).catch(refusalCode);
    if (typeof answer === 'string' && !isLater(answer)) return answer;
    if (typeof answer !== 'string') note(answer, noted);
    if (typeof answer !== 'string' && answer.status !== 202) return String(answer.status);
    if (asked > 1) clock.pass(21_000);
  }
  throw new Error(`${verb} finds no end`);
}

const refusalCode = (error: unknown) => {
  if (error instanceof Refusal) return error.code;
  throw error;
};

interface Credential {
  meetingId: string;
  attendeeId: string;
}

function note({ body }: Answer, noted: Credential[]): void {
  const { Attendee, Meeting, primaryMeetingId } = (body ?? {}) as Record<string, Record<string, string>>;
  if (!Attendee) return;
  const meetingId = (Meeting?.MeetingId ?? primaryMeetingId) as string;
  noted.push({ meetingId, attendeeId: Attendee.AttendeeId as string });
}

/** Credentials that were handed out and are valid at Chime, but are not on the person's record. */
async function strays(who: string, noted: Credential[]): Promise<string[]> {
  const topology = (await freshTopology(name, clock.now())) as Topology;
  const person = await readParticipant(name, who);
  const seat = await seatAttendee(topology, person);
  const known = [seat?.attendeeId, person?.place?.Attendee?.AttendeeId];
  const good = noted.filter((credential) => isGood(world, credential));
  return good
    .filter(({ attendeeId }) => !known.includes(attendeeId))
    .map(() => `${who} has a stray credential`);
}

const verb = fc.constantFrom(...(Object.keys(VERBS) as Verb[]));
const before = fc.constantFrom(...Object.keys(BEFORE));
const delays = fc.array(fc.constantFrom(0, 0, 0, 1, 3, 25), { minLength: 20, maxLength: 40 });

/** Makes Chime fail now and then. */
const trouble = fc.tuple(
  fc.constantFrom('CreateAttendee' as const, 'DeleteAttendee' as const),
  fc.constantFrom(undefined, undefined, 'timeout-before' as const, 'timeout-after' as const),
);

interface Race {
  was: string;
  verbs: readonly Verb[];
  late: number[];
  struck: [Fault['operation'], Fault['fault'] | undefined];
}

/**
 * The faults of the stage and the seats. The marks of a leave and a join may cross, so that the counts and the records disagree;
 * then the reconciler gets the two passes in which it promises to repair that.
 */
async function faultsAfterMarks(): Promise<string[]> {
  const faults = await stageFaults(world, name);
  if (!faults.some((fault) => fault.includes(' counts '))) return faults;
  for (let passes = 0; passes < 2; passes++) {
    clock.pass(RECONCILED_EVERY_MS);
    await reconcileMeeting(name, callOf('reconcile', { role: 'host' }));
  }
  return [...faults.filter((fault) => !fault.includes(' counts ')), ...(await stageFaults(world, name))];
}

/** Runs the operations on a new person concurrently, and gives the faults afterwards. */
async function run({ was, verbs, late, struck: [operation, fault] }: Race): Promise<string[]> {
  const who = `person-${people++}`;
  const noted: Credential[] = [];
  for (const one of BEFORE[was] ?? []) await settle(one, who, noted);
  if (fault) strike(world, operation, { fault });
  latency.plan(late);
  await Promise.all(verbs.map((one) => settle(one, who, noted)));
  latency.plan([]);
  calm(world);
  const wrong = [...(await faultsAfterMarks()), ...(await strays(who, noted))];
  if (wrong.length > 0) await openHall();
  else await settle('remove', who, noted);
  return wrong;
}

/** Runs many such races, after the first ones for this many milliseconds at most. */
function holds(race: fc.Arbitrary<Race>, time: { forMs: number; soakMs: number }): Promise<void> {
  const hasTime = budget({ ...time, atLeast: RACES_AT_LEAST });
  const property = fc.asyncProperty(race, async (one) => {
    if (hasTime()) expect(await run(one)).toEqual([]);
  });
  return fc.assert(property, { numRuns: 200 });
}

const TURNED_AWAY = [
  ['join', 'ban'],
  ['join as presenter', 'ban'],
  ['promote', 'ban'],
  ['promote', 'leave'],
  ['promote', 'remove'],
] as const;

describe('concurrent operations on one person', () => {
  it('end with records and Chime in agreement, at every crossing', async () => {
    const verbs = fc.array(verb, { minLength: 2, maxLength: 4 });
    await holds(fc.record({ was: before, verbs, late: delays, struck: trouble }), {
      forMs: 3000,
      soakMs: 8000,
    });
  });

  it('leave no removed person in the meeting, also during a join', async () => {
    const was = fc.constantFrom('a stranger', 'a viewer', 'a viewer who left');
    const verbs = fc.constantFrom(...TURNED_AWAY);
    await holds(
      fc.record({ was, verbs, late: delays, struck: fc.constant<Race['struck']>(['*', undefined]) }),
      { forMs: 2000, soakMs: 6000 },
    );
  });
});
