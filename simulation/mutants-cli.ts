import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Mutant } from './mutants/mutant.ts';
import { MUTANTS } from './mutants.ts';

/*
 * Breaks a copy of the code in many places, one at a time, and counts the seeds until the simulation notices: `npm run
 * simulate:mutants -- --seeds 3000`. `--only` names some mutants, `--play` the kinds of disturbance. A mutant that survives is a
 * hole in the simulation.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '3000' },
    only: { type: 'string', default: '' },
    play: { type: 'string' },
  },
});

const PARTS = ['emulator', 'infra', 'lib', 'local', 'simulation', 'package.json', 'tsconfig.json'];
const FOLDER = join('.cache', 'mutants');

interface Verdict {
  mutant: Mutant;
  /** The seed that detected the mutant; undefined if none did. */
  seed: string | undefined;
  fault: string;
}

async function main(): Promise<void> {
  const chosen = MUTANTS.filter(({ name }) => name.includes(values.only));
  const survivors: Mutant[] = [];
  const stale = chosen.filter(isStale);
  if (stale.length > 0) throw new Error(`the code has moved on: ${stale.map(({ name }) => name).join('; ')}`);
  for (const mutant of chosen) {
    const verdict = await tried(mutant);
    console.log(told(verdict));
    if (verdict.seed === undefined) survivors.push(mutant);
  }
  console.log(`${chosen.length - survivors.length} of ${chosen.length} mutants were noticed`);
  if (survivors.length > 0) process.exitCode = 1;
}

async function tried(mutant: Mutant): Promise<Verdict> {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  for (const part of PARTS) if (existsSync(part)) cpSync(part, join(FOLDER, part), { recursive: true });
  symlinkSync(join(process.cwd(), 'node_modules'), join(FOLDER, 'node_modules'));
  breakIt(mutant);
  const output = await simulated();
  const seed = /seed (\d+) breaks a promise/.exec(output)?.[1];
  const fault = /WRONG: (.*)/.exec(output)?.[1] ?? output.trim().split('\n').at(-1) ?? '';
  return { mutant, seed, fault };
}

/** Whether the text that the mutant replaces is missing from its file, or is there more than once. */
const isStale = ({ file, from }: Mutant) => readFileSync(file, 'utf8').split(from).length !== 2;

function breakIt({ file, from, to }: Mutant): void {
  const path = join(FOLDER, file);
  writeFileSync(path, readFileSync(path, 'utf8').split(from).join(to));
}

function simulated(): Promise<string> {
  const args = ['node_modules/tsx/dist/cli.mjs', 'simulation/cli.ts', '--seeds', values.seeds];
  if (values.play !== undefined) args.push('--play', values.play);
  const child: ChildProcess = spawn(process.execPath, args, {
    cwd: FOLDER,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk) => chunks.push(chunk));
  child.stderr?.on('data', (chunk) => chunks.push(chunk));
  return new Promise((resolve) => child.once('exit', () => resolve(Buffer.concat(chunks).toString())));
}

const told = ({ mutant, seed, fault }: Verdict): string =>
  seed === undefined
    ? `SURVIVES  ${mutant.name} (${fault})`
    : `seed ${seed.padStart(4)}  ${mutant.name}: ${fault}`;

void main();
