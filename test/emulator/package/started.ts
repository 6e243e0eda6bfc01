import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { until } from '../../../local/until.ts';
import { userEnvironment } from '../../packages/packing.ts';

/** The emulator as a user starts it. */
export interface Started {
  url: string;
  output: () => string;
}

const started: ChildProcess[] = [];

/** Runs an installed command by npx, without the network, until it prints the address of the emulator. */
export async function npx(cwd: string, ...args: string[]): Promise<Started> {
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
  const program = spawn('npx', ['--offline', ...args], { cwd, env: userEnvironment, stdio, detached: true });
  started.push(program);
  const chunks: Buffer[] = [];
  for (const stream of [program.stdout, program.stderr]) stream.on('data', (chunk) => chunks.push(chunk));
  const output = () => Buffer.concat(chunks).toString();
  const url = () => /^AWS_ENDPOINT_URL_CHIME_SDK_MEETINGS=(http:\S+)$/m.exec(output())?.[1];
  await until(() => url() !== undefined || program.exitCode !== null, { told: output });
  return { url: url() ?? `none: ${output()}`, output };
}

/** Ends every started command with its process group. */
export async function endAll(): Promise<void> {
  for (const program of started.splice(0)) {
    const exited = once(program, 'exit');
    if (program.exitCode === null && program.pid) process.kill(-program.pid, 'SIGTERM');
    else continue;
    await exited;
  }
}
