import fc from 'fast-check';
import { runSeed } from './chance.ts';

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: runSeed });

/** fast-check, which draws its cases from the seed of the run. */
export default fc;
