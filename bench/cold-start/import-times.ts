import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const LOADER = 'bench/cold-start/load.cjs';

/** Milliseconds: the least, which other work on the machine disturbs least, and the one in the middle. */
export interface ImportTime {
  importMs: number;
  medianMs: number;
}

/** As bare as a function's own: nothing of the developer's AWS account, and no word about Node's version. */
const ENVIRONMENT = {
  PATH: process.env.PATH,
  AWS_REGION: 'us-east-1',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

/** Import each file in so many processes of its own. They take turns, so that a slow moment strikes all. */
export async function importTimes(files: readonly string[], runs: number): Promise<ImportTime[]> {
  const taken = files.map((): number[] => []);
  for (let round = 0; round < runs; round++)
    for (const [at, file] of files.entries()) taken[at]?.push(await importOnce(file));
  return taken.map(summary);
}

async function importOnce(file: string): Promise<number> {
  const { stdout } = await run(process.execPath, [LOADER, file], { env: ENVIRONMENT });
  return Number(stdout);
}

function summary(taken: number[]): ImportTime {
  const sorted = taken.toSorted((a, b) => a - b);
  return { importMs: sorted[0] ?? 0, medianMs: sorted[Math.floor(sorted.length / 2)] ?? 0 };
}
