import type { OperationName as ChimeOperation } from '../../emulator/operation-names.ts';
import type { EmulatorOptions } from '../../emulator/options.ts';
import { endMeeting as endAtChime, settle } from '../../emulator/state/meetings/lifecycle.ts';
import { type Meeting, presentAttendees } from '../../emulator/state/meetings/meeting.ts';
import type { Fault } from '../../emulator/state/records.ts';
import type { Answer } from '../../lib/context.ts';
import type { Operation } from '../../lib/contract/operation.ts';
import { type OperationName, operations } from '../../lib/contract.ts';
import { Refusal } from '../../lib/refusals.ts';
import { isLater } from '../../simulation/is-later.ts';
import type { JoinedBody } from '../../simulation/joined-body.ts';
import { startWorld, type TestWorld, type WorldOptions } from '../support/local-world.ts';
import { callOf, type PersonOptions, person } from '../support/people.ts';
import { clock } from '../support/skipping-clock.ts';

/** Longer than the lease of a crashed process. */
export const LEASE_IS_OVER_MS = 21_000;
const AMPLE = 10_000;

/** One set of deps for the tests of a file, with quotas out of reach and a clock that only advances. */
export function useWorld(
  environment: Record<string, string> = {},
  { engine }: Pick<WorldOptions, 'engine'> = {},
) {
  let world: TestWorld;
  let usual: EmulatorOptions;
  beforeAll(async () => {
    const quota = { CHIME_RATE_PER_SECOND: `${AMPLE}`, CHIME_BURST: `${AMPLE}` };
    const chime = { ratePerSecond: AMPLE, burst: AMPLE };
    world = await startWorld({ ...(engine && { engine }), chime, environment: { ...quota, ...environment } });
    usual = { ...world.emulator.options };
  });
  afterEach(() => {
    Object.assign(world.emulator.options, usual);
    world.emulator.state.faults = [];
  });
  afterAll(() => world.close());

  const chime = () => world.emulator.state;
  const meetings = (name: string) =>
    [...chime().meetings.values()].filter((meeting) => meeting.externalMeetingId === name);

  return {
    get world() {
      return world;
    },
    person: (name: string, user: string, options: PersonOptions = {}) => shaped(person(name, user, options)),
    /** A request without a caller, by the same clock. */
    call: (user: string, options: PersonOptions = {}) => callOf(user, options),
    now: clock.now,
    /** Advances our clock. */
    pass: clock.pass,
    /** Advances Chime's clock. */
    passAtChime: (ms: number) => {
      chime().clock.advance(ms);
      settle(chime());
    },
    /** Changes Chime's options, until the test is over. */
    chimeWill: (changes: Partial<EmulatorOptions>) => void Object.assign(world.emulator.options, changes),
    /** Makes the next calls of an operation fail. */
    strike: (operation: ChimeOperation | '*', fault: Fault['fault'], times = 1) =>
      void chime().faults.push({ operation, fault, times, delayMs: 0, item: 1 }),
    /** Ends a meeting at Chime, as an operator could. */
    kill: (meeting: Meeting | undefined) => meeting && endAtChime(chime(), meeting, chime().clock.now()),
    /** The living Chime meetings of a name. */
    live: (name: string) => meetings(name).filter(({ endedAt }) => endedAt === null),
    /** How often an operation was called so far. */
    callsOf: (operation: ChimeOperation) =>
      Object.values(chime().calls[operation] ?? {}).reduce((sum, times) => sum + times, 0),
    /** Joins as a persistent client. Every time it is told to wait, a lease runs out. */
    persist: async (join: () => Promise<Answer>): Promise<JoinedBody> => {
      for (let tries = 0; tries < 12; tries++) {
        const body = await joinedBody(join);
        if (body) return body;
        clock.pass(LEASE_IS_OVER_MS);
      }
      throw new Error('still waiting after 12 leases');
    },
  };
}

export type FlowWorld = ReturnType<typeof useWorld>;

/** The external user ids of a meeting's attendees at Chime. */
export const namesIn = (meeting: Meeting | undefined): string[] =>
  meeting ? presentAttendees(meeting).map(({ externalUserId }) => externalUserId) : [];

/** Starts this many at once. */
export const atOnce = <T>(many: number, ask: (k: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: many }, (_, k) => ask(k)));

/** The answer of a join. Undefined where the client is to retry. */
async function joinedBody(join: () => Promise<Answer>): Promise<JoinedBody | undefined> {
  try {
    const answer = await join();
    return answer.status === 200 ? (answer.body as JoinedBody) : undefined;
  } catch (error) {
    if (error instanceof Refusal && isLater(error.code)) return undefined;
    throw error;
  }
}

type Person = ReturnType<typeof person>;

/** The same person, whose answers are checked against the contract. */
function shaped(them: Person): Person {
  const held = <Args extends unknown[]>(name: OperationName, ask: (...args: Args) => Promise<Answer>) => {
    return async (...args: Args) => holdAgainst(operations[name], await ask(...args));
  };
  return {
    ...them,
    join: held('joinMeeting', them.join),
    create: held('createMeeting', them.create),
    get: held('getMeeting', them.get),
    listMeetings: held('listMeetings', them.listMeetings),
    end: held('endMeeting', them.end),
    reopen: held('reopenMeeting', them.reopen),
    leave: held('leaveMeeting', them.leave),
    report: held('reportClientEvents', them.report),
    list: held('listAttendees', them.list),
    see: held('getAttendee', them.see),
    drain: held('drainRegion', them.drain),
    liftDrain: held('liftDrain', them.liftDrain),
  };
}

function holdAgainst(operation: Operation, answer: Answer): Answer {
  const schema = operation.answers[answer.status];
  if (schema === undefined) throw new Error(`${operation.operationId} does not answer ${answer.status}`);
  if (schema === null) expect(answer.body).toBeUndefined();
  else schema.parse(JSON.parse(JSON.stringify(answer.body)));
  return answer;
}
