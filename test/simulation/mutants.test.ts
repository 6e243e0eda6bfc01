import { readFileSync } from 'node:fs';
import { MUTANTS } from './mutants.ts';

describe('the mutants that the simulation has to notice', () => {
  it.each(MUTANTS)('can still be made of the code: $name', ({ file, from }) => {
    expect(readFileSync(file, 'utf8').split(from)).toHaveLength(2);
  });
});
