import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const LOADER = 'bench/cold-start/load.cjs';

/** Milliseconds: minimum and median of the wall time, and the minimum of the CPU time. */
export interface ImportTime {
  importMs: number;
  medianMs: number;
  cpuMs: number;
}

type Once = Pick<ImportTime, 'importMs' | 'cpuMs'>;

/** As small as a function's own: without the developer's AWS account and without Node's version warning. */
const ENVIRONMENT = {
  PATH: process.env.PATH,
  AWS_REGION: 'us-east-1',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

/** Imports each file in several fresh processes. The files alternate, so that a slow moment affects all. */
export async function importTimes(files: readonly string[], runs: number): Promise<ImportTime[]> {
  const taken = files.map((): Once[] => []);
  for (let round = 0; round < runs; round++)
    for (const [at, file] of files.entries()) taken[at]?.push(await importOnce(file));
  return taken.map(summary);
}

async function importOnce(file: string): Promise<Once> {
  const { stdout } = await run(process.execPath, [LOADER, file], { env: ENVIRONMENT });
  return JSON.parse(stdout);
}

function summary(taken: Once[]): ImportTime {
  const passed = taken.map(({ importMs }) => importMs).sort((a, b) => a - b);
  return {
    importMs: tenths(passed[0]),
    medianMs: tenths(passed[Math.floor(passed.length / 2)]),
    cpuMs: tenths(Math.min(...taken.map(({ cpuMs }) => cpuMs))),
  };
}

const tenths = (ms = 0) => Math.round(ms * 10) / 10;
