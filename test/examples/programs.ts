import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { until } from '../../local/until.ts';

/** An example as its reader runs it. */
export interface Running {
  output: () => string;
  /** Wait until it has said something like this. */
  says: (words: RegExp) => Promise<void>;
  end: () => Promise<number | null>;
}

const started: ChildProcess[] = [];

export function run(file: string, args: string[] = [], environment: Record<string, string> = {}): Running {
  const env = { ...process.env, ...environment };
  const program = spawn(process.execPath, [file, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(program);
  const chunks: Buffer[] = [];
  for (const stream of [program.stdout, program.stderr]) stream.on('data', (chunk) => chunks.push(chunk));
  const output = () => Buffer.concat(chunks).toString();
  return {
    output,
    says: async (words) => {
      await until(() => words.test(output()) || program.exitCode !== null);
      if (!words.test(output())) throw new Error(`ended without ${words}:\n${output()}`);
    },
    end: async () => {
      const exited = once(program, 'exit');
      if (program.exitCode !== null) return program.exitCode;
      program.kill('SIGINT');
      return (await exited)[0];
    },
  };
}

/** Wait until the service says that a fact holds, without asking it too often. */
export const eventually = (holds: () => Promise<boolean>): Promise<void> => until(holds, { everyMs: 150 });

/** End whatever of them is still running. */
export function endAll(): void {
  for (const program of started.splice(0)) program.kill('SIGKILL');
}
