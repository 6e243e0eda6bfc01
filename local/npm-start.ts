import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { StackUrls } from './stack-file.ts';
import { until } from './until.ts';

/** `npm start`, with all processes of npm around it, whether or not the stack is up. */
export interface StartingStack {
  npm: ChildProcess;
  output: () => string;
  directory: string;
  /** Sends a signal to npm, as a process manager does, and waits for its exit code. */
  end: (signal: NodeJS.Signals) => Promise<number | null>;
  /** Sends a signal to all processes, as a terminal does with Ctrl-C. */
  endAll: (signal: NodeJS.Signals) => Promise<number | null>;
  isRunning: () => boolean;
}

/** A local stack as a developer starts it, once it is up. */
export type StartedStack = Omit<StartingStack, 'npm'> & { urls: StackUrls };

/** Free ports for a stack of its own. */
export const ANY_PORT = { PORT: '0', CHIME_PORT: '0', DYNAMODB_PORT: '0', ISSUER_PORT: '0', WEB_PORT: '0' };

const started: { npm: ChildProcess; directory: string }[] = [];

/** Runs `npm start` as `beginStack` does, until it prints its addresses. */
export async function npmStart(
  parameters: Record<string, string> = {},
  environment: Record<string, string> = {},
): Promise<StartedStack> {
  const { npm, ...stack } = beginStack(parameters, environment);
  const urls = await stackUrls(npm, join(stack.directory, 'stack.json'), stack.output);
  return { ...stack, urls };
}

/**
 * Begins `npm start` on free ports, with files in a folder of its own. It ends with npm, and with this process or the one that
 * `STOP_WITH` names. `parameters`: as in serverless.yml. `environment`: what else a developer may set. `project`: this one, or a copy.
 */
export function beginStack(
  parameters: Record<string, string> = {},
  environment: Record<string, string> = {},
  project = '.',
): StartingStack {
  mkdirSync('.local', { recursive: true });
  const directory = mkdtempSync(join('.local', 'e2e-'));
  const stopWith = { STOP_WITH: `${process.pid}` };
  const env = { ...stopWith, ...process.env, ...ANY_PORT, ...environment, LOCAL_DIR: resolve(directory) };
  const given = Object.entries(parameters).map(([name, value]) => `--param=${name}=${value}`);
  const npm = spawn('npm', ['start', '--', ...given], {
    env,
    cwd: project,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push({ npm, directory });
  const chunks: Buffer[] = [];
  for (const stream of [npm.stdout, npm.stderr]) stream.on('data', (chunk) => chunks.push(chunk));
  const output = () => Buffer.concat(chunks).toString();
  return {
    npm,
    output,
    directory,
    end: (signal) => exitCode(npm, () => npm.kill(signal)),
    endAll: (signal) => exitCode(npm, () => process.kill(-(npm.pid ?? 0), signal)),
    isRunning: () => isGroupRunning(npm.pid),
  };
}

/** Kills every started stack at once, and removes its folders. */
export function discardAll(): void {
  for (const { npm, directory } of started.splice(0)) {
    if (isGroupRunning(npm.pid)) process.kill(-(npm.pid ?? 0), 'SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  }
}

async function stackUrls(npm: ChildProcess, file: string, output: () => string): Promise<StackUrls> {
  await until(() => existsSync(file) || npm.exitCode !== null);
  if (npm.exitCode !== null) throw new Error(`npm start ended with ${npm.exitCode}:\n${output()}`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

async function exitCode(npm: ChildProcess, kill: () => void): Promise<number | null> {
  const exited = once(npm, 'exit');
  kill();
  const [code] = await exited;
  return code;
}

/** Whether a process of this process group runs. */
export function isGroupRunning(pid = 0): boolean {
  try {
    return process.kill(-pid, 0);
  } catch {
    return false;
  }
}
