import { type Chance, chanceOf } from '../../../simulation/chance.ts';

/**
 * The seed of this run of the tests: the last `--seed` of the command, or a number that Jest drew and prints. `npm test` names one, so
 * that a change alone makes a test fail.
 */
export const runSeed: number = [jest.getSeed()].flat().at(-1) ?? 0;

const { testPath, rootDir } = { rootDir: process.cwd(), ...expect.getState() };

/** Randomness that is the same in every run of this test file with one seed, and different in every other file. */
export const chance: Chance = chanceOf(runSeed, testPath?.replace(rootDir, '') ?? '');
