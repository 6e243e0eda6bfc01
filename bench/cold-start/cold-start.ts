import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BuildOptions } from 'esbuild';
import { bundled, entriesOfFunctions, packagedWith } from './bundle.ts';
import { type ImportTime, importTimes, versionOf } from './import-times.ts';

/** One bundle: minified bytes, and the milliseconds until Node has imported it. */
export interface Measured extends ImportTime {
  name: string;
  bytes: number;
  /** The same with a compile cache, if it was chosen. */
  cached?: ImportTime;
}

export interface ColdStart {
  /** The version of the Node that imports. */
  node: string;
  /** Fresh processes for each bundle. */
  runs: number;
  /** An empty handler. */
  empty: Measured;
  /** The DynamoDB client and two commands, as in a usual bundle. */
  sdkAlone: Measured;
  /** The same without the parts of the SDK that our bundles omit. */
  sdkTrimmed: Measured;
  /** The least import time of `sdkAlone`. */
  sdkAloneMs: number;
  functions: Measured[];
}

/** The options of a run. */
export interface Choice {
  runs?: number;
  /** The selected functions; all of them if none is named. */
  only?: readonly string[];
  /** The path of the Node that imports; this process's own if absent. */
  node?: string;
  /** Whether each bundle is also imported with a compile cache that an earlier process wrote. */
  compileCache?: boolean;
}

const ALONE = 'bench/cold-start/sdk-alone.ts';
/** `NODE_COMPILE_CACHE` was added in Node 22.1: https://nodejs.org/api/cli.html#node_compile_cachedir */
const FIRST_WITH_CACHE = 22;

/**
 * Bundles every function as it is packaged, and imports each in fresh processes, beside the SDK alone and an empty handler.
 */
export async function coldStart(choice: Choice = {}): Promise<ColdStart> {
  const { runs = 15, only = [], node = process.execPath, compileCache = false } = choice;
  const version = await versionOf(node);
  if (compileCache && Number(version.slice(1).split('.')[0]) < FIRST_WITH_CACHE)
    throw new Error(`Node ${version} has no compile cache: name a newer one with --node`);
  const wanted = entriesOfFunctions().filter(([name]) => only.length === 0 || only.includes(name));
  const whole = { ...packagedWith(), external: [] };
  const [empty, sdkAlone, sdkTrimmed, ...functions] = (await measured(
    [
      ['(empty)', 'bench/cold-start/empty.ts'],
      ['(DynamoDB alone)', ALONE, whole],
      ['(DynamoDB, trimmed)', ALONE],
      ...wanted,
    ],
    { runs, node, compileCache },
  )) as [Measured, Measured, Measured, ...Measured[]];
  const { importMs: sdkAloneMs } = sdkAlone;
  return { node: version, runs, empty, sdkAlone, sdkTrimmed, sdkAloneMs, functions };
}

type Bundle = [name: string, entry: string, options?: BuildOptions];

/** Measures the bundles. They are inside the project meanwhile, so that their external modules resolve. */
async function measured(
  subjects: Bundle[],
  { compileCache, ...how }: Required<Pick<Choice, 'runs' | 'node' | 'compileCache'>>,
): Promise<Measured[]> {
  mkdirSync('.cache', { recursive: true });
  const directory = resolve(mkdtempSync(join('.cache', 'cold-start-')));
  try {
    const bundles = subjects.map(([name, entry, options], at) => {
      const contents = bundled(entry, options);
      const file = join(directory, `${at}.cjs`);
      writeFileSync(file, contents);
      return { name, file, bytes: contents.length };
    });
    const plain = bundles.map(({ file }) => ({ file }));
    const cached = plain.map(({ file }) => ({ file, cacheDirectory: join(directory, 'compile-cache') }));
    const times = await importTimes(compileCache ? [...plain, ...cached] : plain, how);
    return bundles.map(({ name, bytes }, at) => ({
      name,
      bytes,
      ...(times[at] as ImportTime),
      ...(compileCache && { cached: times[bundles.length + at] as ImportTime }),
    }));
  } finally {
    rmSync(directory, { recursive: true });
  }
}
