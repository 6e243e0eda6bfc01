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

/** One file, and the directory of the compile cache with which Node imports it, if any. */
export interface Subject {
  file: string;
  cacheDirectory?: string;
}

type Once = Pick<ImportTime, 'importMs' | 'cpuMs'>;

/** As small as a function's own: without the developer's AWS account and without Node's version warning. */
const ENVIRONMENT = {
  PATH: process.env.PATH,
  AWS_REGION: 'us-east-1',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

/**
 * Imports each file in several fresh processes of a Node. The files alternate, so that a slow moment affects all. A process that is
 * not measured writes the compile cache before.
 */
export async function importTimes(
  subjects: readonly Subject[],
  { runs, node }: { runs: number; node: string },
): Promise<ImportTime[]> {
  for (const subject of subjects) if (subject.cacheDirectory) await importOnce(subject, node);
  const taken = subjects.map((): Once[] => []);
  for (let round = 0; round < runs; round++)
    for (const [at, subject] of subjects.entries()) taken[at]?.push(await importOnce(subject, node));
  return taken.map(summary);
}

/** The version of a Node binary, such as `v24.11.0`. */
export async function versionOf(node: string): Promise<string> {
  return (await run(node, ['--version'])).stdout.trim();
}

async function importOnce({ file, cacheDirectory }: Subject, node: string): Promise<Once> {
  const env = { ...ENVIRONMENT, ...(cacheDirectory && { NODE_COMPILE_CACHE: cacheDirectory }) };
  const { stdout } = await run(node, [LOADER, file], { env });
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
