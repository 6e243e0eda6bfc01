import { type Chance, chanceOf } from '../../../simulation/chance.ts';

/** False in the processes that a test starts. */
const isTest = typeof jest !== 'undefined';

/**
 * The seed of this run of the tests: the last `--seed` of the command, or a number that Jest drew and prints. `npm test` names one, so
 * that a change alone makes a test fail.
 */
export const runSeed: number = isTest ? ([jest.getSeed()].flat().at(-1) ?? 0) : 0;

/**
 * Randomness that is the same in every run of this test file with one seed, and different in every other file. The processes that a
 * test starts each draw their own.
 */
export const chance: Chance = chanceOf(runSeed, isTest ? ownPath() : `process ${process.pid}`);

function ownPath(): string {
  return expect.getState().testPath?.replace(process.cwd(), '') ?? '';
}
