import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type RunningEmulator, type StartOptions, startEmulator } from '../../emulator/server.ts';
import { type Answers, askChime } from '../../scripts/conformance/ask-chime.ts';
import type { Experiment } from '../../scripts/conformance/experiment.ts';
import { journalIn } from '../../scripts/conformance/journal.ts';
import { clock, pacedBy } from '../../scripts/conformance/pace.ts';
import type { LabOptions } from '../../scripts/conformance/watch.ts';

const AMPLE = { ratePerSecond: 10_000, burst: 10_000 };
const emulators: RunningEmulator[] = [];
const directories: string[] = [];

/** A Chime with these switches, and quotas that the tests do not reach. */
export async function chimeWith(options: StartOptions = {}): Promise<RunningEmulator> {
  const emulator = await startEmulator({ ...AMPLE, ...options });
  emulators.push(emulator);
  return emulator;
}

/** A working directory of its own. */
export function aDirectory(): string {
  mkdirSync('.cache', { recursive: true });
  const directory = mkdtempSync(join('.cache', 'conformance-'));
  directories.push(directory);
  return directory;
}

/** Runs experiments against this Chime, as fast as it answers. */
export function ask(
  { url }: RunningEmulator,
  experiments: Experiment[],
  changed: Partial<LabOptions> = {},
): Promise<Answers> {
  return askChime(experiments, {
    place: { region: 'us-east-1', endpoint: url },
    journal: journalIn(aDirectory(), 'test'),
    pace: pacedBy(Number.POSITIVE_INFINITY, clock),
    clock,
    runId: 'test',
    signal: new AbortController().signal,
    ...changed,
  });
}

/** A clock whose pauses end at once. */
export const hurried = () => {
  let at = 0;
  const now = () => at;
  const pause = async (ms: number) => {
    at += ms;
  };
  return { now, pause };
};

/** The meetings that were not deleted. */
export const alive = ({ state }: RunningEmulator) => [...state.live].map(({ meetingId }) => meetingId);

/** Every join token that this Chime ever issued. */
export const joinTokens = ({ state }: RunningEmulator) =>
  [...state.meetings.values()].flatMap(({ attendees }) =>
    [...attendees.values()].map(({ joinToken }) => joinToken),
  );

export async function closeAll(): Promise<void> {
  await Promise.all(emulators.splice(0).map(({ stop }) => stop()));
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
}
