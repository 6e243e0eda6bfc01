import type { OperationName as ChimeOperation } from '../../emulator/operation-names.ts';
import type { EmulatorOptions } from '../../emulator/options.ts';
import { endMeeting as endAtChime, settle } from '../../emulator/state/meetings/lifecycle.ts';
import { type Meeting, presentRoll } from '../../emulator/state/meetings/meeting.ts';
import type { Fault } from '../../emulator/state/records.ts';
import type { Answer } from '../../lib/context.ts';
import type { Operation } from '../../lib/contract/operation.ts';
import { type OperationName, operations } from '../../lib/contract.ts';
import { Refusal } from '../../lib/refusals.ts';
import { isLater } from '../../simulation/is-later.ts';
import type { JoinedBody } from '../../simulation/joined-body.ts';
import { startWorld, type TestWorld } from '../support/local-world.ts';
import { callOf, type PersonOptions, person } from '../support/people.ts';

/** Longer than the lease of whoever crashed. */
export const LEASE_IS_OVER_MS = 21_000;
const AMPLE = 10_000;

/** One world for the tests of a file, with quotas that none of them meets and a clock that only goes on. */
export function useWorld(environment: Record<string, string> = {}) {
  let world: TestWorld;
  let usual: EmulatorOptions;
  let aheadMs = 0;
  beforeAll(async () => {
    const quota = { CHIME_RATE_PER_SECOND: `${AMPLE}`, CHIME_BURST: `${AMPLE}` };
    const chime = { ratePerSecond: AMPLE, burst: AMPLE };
    world = await startWorld({ chime, environment: { ...quota, ...environment } });
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
    person: (name: string, user: string, options: PersonOptions = {}) =>
      shaped(
        person(name, user, {
          ...options,
          get later() {
            return aheadMs;
          },
        }),
      ),
    /** A request that no person makes, by the same clock. */
    call: (user: string, options: PersonOptions = {}) => callOf(user, { ...options, later: aheadMs }),
    /** Let time pass for us. It never goes back: calls made at an earlier time find the quota taken by later ones. */
    pass: (ms: number) => {
      aheadMs += ms;
    },
    /** Let time pass for Chime. */
    passAtChime: (ms: number) => {
      chime().clock.advance(ms);
      settle(chime());
    },
    /** Change what Chime allows or does, until the test is over. */
    chimeWill: (changes: Partial<EmulatorOptions>) => void Object.assign(world.emulator.options, changes),
    /** Strike the next calls of an operation. */
    strike: (operation: ChimeOperation | '*', fault: Fault['fault'], times = 1) =>
      void chime().faults.push({ operation, fault, times, delayMs: 0, item: 1 }),
    /** End a meeting behind our back. */
    kill: (meeting: Meeting | undefined) => meeting && endAtChime(chime(), meeting, chime().clock.now()),
    /** The meetings of a name that live at Chime. */
    live: (name: string) => meetings(name).filter(({ endedAt }) => endedAt === null),
    /** How often an operation was asked for so far. */
    callsOf: (operation: ChimeOperation) =>
      Object.values(chime().calls[operation] ?? {}).reduce((sum, times) => sum + times, 0),
    /** Join as a client that does not give up; every time it is told to wait, a lease runs out. */
    persist: async (join: () => Promise<Answer>): Promise<JoinedBody> => {
      for (let tries = 0; tries < 12; tries++) {
        const body = await joinedBody(join);
        if (body) return body;
        aheadMs += LEASE_IS_OVER_MS;
      }
      throw new Error('still waiting after 12 leases');
    },
  };
}

export type FlowWorld = ReturnType<typeof useWorld>;

/** The names of a meeting's attendees at Chime. */
export const namesIn = (meeting: Meeting | undefined): string[] =>
  meeting ? presentRoll(meeting).map(({ externalUserId }) => externalUserId) : [];

/** So many of something at once. */
export const atOnce = <T>(many: number, ask: (k: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: many }, (_, k) => ask(k)));

/** What a join was answered with; undefined where it is to be tried again. */
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

/** The same person, each of whose answers is held against the contract before a test sees it. */
function shaped(them: Person): Person {
  const held = <Args extends unknown[]>(name: OperationName, ask: (...args: Args) => Promise<Answer>) => {
    return async (...args: Args) => holdAgainst(operations[name], await ask(...args));
  };
  return {
    ...them,
    join: held('joinMeeting', them.join),
    create: held('createMeeting', them.create),
    get: held('getMeeting', them.get),
    end: held('endMeeting', them.end),
    reopen: held('reopenMeeting', them.reopen),
    leave: held('leaveMeeting', them.leave),
    list: held('listAttendees', them.list),
    see: held('getAttendee', them.see),
  };
}

function holdAgainst(operation: Operation, answer: Answer): Answer {
  const schema = operation.answers[answer.status];
  if (schema === undefined) throw new Error(`${operation.operationId} does not answer ${answer.status}`);
  if (schema === null) expect(answer.body).toBeUndefined();
  else schema.parse(JSON.parse(JSON.stringify(answer.body)));
  return answer;
}
