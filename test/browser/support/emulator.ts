import { run } from '../../examples/programs.ts';

/** An emulator that clients can join. */
export interface SeparateEmulator {
  url: string;
  notice: string | undefined;
  stop(): Promise<unknown>;
}

const AMPLE = ['--rate-per-second=1000', '--burst=1000'];

/**
 * Starts an emulator in a process of its own. In jest's process, where each use of a global object such as `Math` is slow,
 * the cryptography of one connection would take 30 times as long.
 */
export async function separateEmulator(): Promise<SeparateEmulator> {
  const emulator = run('--import', [
    'tsx',
    'emulator/command-line/cli.ts',
    '--port=0',
    '--signaling',
    ...AMPLE,
  ]);
  await emulator.says(/Clients join.*\n/);
  const [, url = ''] = /at (http\S+)/.exec(emulator.output()) ?? [];
  const [notice] = /Clients join.*/.exec(emulator.output()) ?? [];
  return { url, notice, stop: emulator.end };
}
