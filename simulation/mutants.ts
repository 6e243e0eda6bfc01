import { LEDGER } from './mutants/ledger.ts';
import { MEETINGS } from './mutants/meetings.ts';
import type { Mutant } from './mutants/mutant.ts';
import { PEOPLE } from './mutants/people.ts';

/** What the simulation has to notice. */
export const MUTANTS: Mutant[] = [...PEOPLE, ...MEETINGS, ...LEDGER];
