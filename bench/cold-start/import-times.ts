import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const LOADER = 'bench/cold-start/load.cjs';

/** Milliseconds. The least and the middle of what passed, and the least that the processor took, whatever else it did. */
export interface ImportTime {
  importMs: number;
  medianMs: number;
  cpuMs: number;
}

type Once = Pick<ImportTime, 'importMs' | 'cpuMs'>;

/** As bare as a function's own: nothing of the developer's AWS account, and no word about Node's version. */
const ENVIRONMENT = {
  PATH: process.env.PATH,
  AWS_REGION: 'us-east-1',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

/** Import each file in so many processes of its own. They take turns, so that a slow moment strikes all. */
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
