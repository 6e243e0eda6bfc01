import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BuildOptions } from 'esbuild';
import { bundled, entriesOfFunctions, packagedWith } from './bundle.ts';
import { type ImportTime, importTimes } from './import-times.ts';

/** One bundle: minified bytes, and the milliseconds until Node has imported it. */
export interface Measured extends ImportTime {
  name: string;
  bytes: number;
}

export interface ColdStart {
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
}

const ALONE = 'bench/cold-start/sdk-alone.ts';

/**
 * Bundles every function as it is packaged, and imports each in fresh processes, beside the SDK alone and an empty handler.
 */
export async function coldStart({ runs = 15, only = [] }: Choice = {}): Promise<ColdStart> {
  const wanted = entriesOfFunctions().filter(([name]) => only.length === 0 || only.includes(name));
  const whole = { ...packagedWith(), external: [] };
  const [empty, sdkAlone, sdkTrimmed, ...functions] = (await measured(
    [
      ['(empty)', 'bench/cold-start/empty.ts'],
      ['(DynamoDB alone)', ALONE, whole],
      ['(DynamoDB, trimmed)', ALONE],
      ...wanted,
    ],
    runs,
  )) as [Measured, Measured, Measured, ...Measured[]];
  const { importMs: sdkAloneMs } = sdkAlone;
  return { node: process.version, runs, empty, sdkAlone, sdkTrimmed, sdkAloneMs, functions };
}

type Subject = [name: string, entry: string, options?: BuildOptions];

/** Measures the bundles. They are inside the project meanwhile, so that their external modules resolve. */
async function measured(subjects: Subject[], runs: number): Promise<Measured[]> {
  mkdirSync('.cache', { recursive: true });
  const directory = mkdtempSync(join('.cache', 'cold-start-'));
  try {
    const bundles = subjects.map(([name, entry, options], at) => {
      const contents = bundled(entry, options);
      const file = resolve(directory, `${at}.cjs`);
      writeFileSync(file, contents);
      return { name, file, bytes: contents.length };
    });
    const times = await importTimes(
      bundles.map(({ file }) => file),
      runs,
    );
    return bundles.map(({ name, bytes }, at) => ({ name, bytes, ...(times[at] as ImportTime) }));
  } finally {
    rmSync(directory, { recursive: true });
  }
}
