import type { JoinedBody } from '../../simulation/joined-body.ts';
import type { Fleet } from '../support/fleet.ts';
import type { TestWorld } from '../support/local-world.ts';
import type { Death, Outcome } from '../support/worker/jobs.ts';
import { invariantViolations, namesOnStage } from './audit.ts';
import type { Scenario } from './crash-scenarios.ts';

/** One process that was killed at one point of one job, and what was wrong after the next requests. */
export interface Crash {
  death: Death;
  outcome: Outcome;
  wrong: string[];
}

export interface Stage {
  world: TestWorld;
  fleet: Fleet;
  scenario: Scenario;
}

const AT_A_TIME = 4;
const REQUESTS_AT_MOST = 60;

/**
 * Kill a process between any two requests of a job, until it outlives them all: each time a new process, in a
 * meeting of its own.
 */
export async function crashEverywhere(stage: Stage): Promise<Crash[]> {
  const crashes: Crash[] = [];
  const deaths = everyDeath();
  let outlived = false;
  const crashOn = async () => {
    for (const death of deaths) {
      if (outlived) return;
      const crash = await crashOnce(stage, death);
      crashes.push(crash);
      outlived ||= crash.outcome.kind !== 'died';
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, crashOn));
  return crashes;
}

/**
 * A death after an answer and one before the next request leave the same behind, so dying before and after every second
 * request dies between any two.
 */
function* everyDeath(): Generator<Death, undefined> {
  for (let request = 1; request <= REQUESTS_AT_MOST; request += 2) {
    yield { when: 'before', request };
    yield { when: 'after', request };
  }
}

let meetings = 0;

async function crashOnce({ world, fleet, scenario }: Stage, death: Death): Promise<Crash> {
  const name = `crash-${meetings++}`;
  await scenario.arrange(name);
  const member = await fleet.recruit();
  const outcome = await member.ask({ ...scenario.job, name, death });
  await member.end();
  const wrong = await survive({ world, scenario, name }, death);
  return { death, outcome, wrong };
}

export interface Scene {
  world: TestWorld;
  scenario: Scenario;
  name: string;
}

/** After a death before a request, another person comes first. After any other death, the person whose request died. */
async function survive(scene: Scene, { when }: Death): Promise<string[]> {
  const { same, other } = scene.scenario;
  const given: unknown[] = [];
  try {
    for (const ask of when === 'after' ? [same, other] : [other, same]) given.push(await ask(scene.name));
  } catch (error) {
    return [String((error as Error).stack)];
  }
  return faultsAfter(scene, given);
}

/** What is wrong in the end, with what the survivors were given. */
export async function faultsAfter({ world, scenario, name }: Scene, given: unknown[]): Promise<string[]> {
  const names = await namesOnStage(name);
  return [
    ...(await invariantViolations(world, name)),
    ...(names.join() === scenario.stage.join() ? [] : [`on stage are ${names}`]),
    ...faultsOfGiven(world, given),
  ];
}

function faultsOfGiven({ emulator }: TestWorld, given: unknown[]): string[] {
  const seats = given.filter((answer) => 'Attendee' in (answer as object)) as JoinedBody[];
  const ids = seats.map(({ Attendee }) => Attendee.AttendeeId);
  const dead = seats.filter(({ Meeting, Attendee }) => {
    const attendees = emulator.state.meetings.get(Meeting.MeetingId)?.attendees;
    return attendees?.get(Attendee.AttendeeId)?.deletedAt !== null;
  });
  return [
    ...(new Set(ids).size === ids.length ? [] : ['two people were given one attendee']),
    ...dead.map(({ Attendee }) => `${Attendee.ExternalUserId} was given an attendee that is deleted`),
  ];
}
