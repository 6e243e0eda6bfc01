import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ANY_PORT, isGroupRunning } from '../../local/npm-start.ts';
import type { StackUrls } from '../../local/stack-file.ts';
import { until } from '../../local/until.ts';

/** The folder of the stack that all test files of a run share. jest's workers inherit it from its main process. */
const DIRECTORY = 'SHARED_STACK';
const pidFile = (directory: string) => join(directory, 'pid');

export interface SharedStack {
  urls: StackUrls;
  /** What `npm start` has printed. */
  output: () => string;
}

/**
 * The local stack that the test files of this run share: `npm start` on free ports. The first file that asks starts it. Such a file
 * uses meetings of its own, and neither stops the stack nor changes Chime's options.
 */
export async function sharedStack(): Promise<SharedStack> {
  const directory = process.env[DIRECTORY];
  if (!directory) throw new Error('only jest has a shared stack');
  if (isFirst(directory)) start(directory);
  await until(() => existsSync(join(directory, 'stack.json')) || !isRunning(directory));
  const output = () => readFileSync(join(directory, 'output'), 'utf8');
  if (!isRunning(directory)) throw new Error(`npm start ended:\n${output()}`);
  return { urls: JSON.parse(readFileSync(join(directory, 'stack.json'), 'utf8')), output };
}

/** Names the folder before the first test file runs, and this process, with which every stack of the run ends: Ctrl-C kills it. */
export function prepareSharedStack(): void {
  process.env.STOP_WITH = `${process.pid}`;
  process.env[DIRECTORY] = join('.local', `shared-${process.pid}`);
}

/** Kills the stack, if a test file started it, and removes its folder. */
export function discardSharedStack(): void {
  const directory = process.env[DIRECTORY] ?? '';
  if (!existsSync(directory)) return;
  if (isRunning(directory)) process.kill(-pidIn(directory), 'SIGKILL');
  rmSync(directory, { recursive: true, force: true });
}

/** The process that makes the folder starts the stack. */
function isFirst(directory: string): boolean {
  mkdirSync('.local', { recursive: true });
  try {
    mkdirSync(directory);
    return true;
  } catch {
    return false;
  }
}

/** A browser may be slow, and one name may ask from several test files at once: the tests are about neither. */
const UNHURRIED = { STAGE_RETURN_MS: '900000' };
/** The tests say themselves what is spoken. */
const SILENT = { CAPTIONS_DEMO: 'off' };
const UNLIMITED = '--param=requestsPerPerson=1000';

/** The stack outlives the worker that starts it. */
function start(directory: string): void {
  const output = openSync(join(directory, 'output'), 'w');
  const env = { ...process.env, ...ANY_PORT, ...UNHURRIED, ...SILENT, LOCAL_DIR: directory };
  const npm = spawn('npm', ['start', '--', UNLIMITED], {
    env,
    detached: true,
    stdio: ['ignore', output, output],
  });
  npm.unref();
  writeFileSync(pidFile(directory), `${npm.pid}`);
}

const pidIn = (directory: string) => Number(readFileSync(pidFile(directory), 'utf8'));

/** Whether the stack runs, or is about to be started by another worker. */
function isRunning(directory: string): boolean {
  return !existsSync(pidFile(directory)) || isGroupRunning(pidIn(directory));
}
