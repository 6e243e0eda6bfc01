import { readFileSync } from 'node:fs';
import { MUTANTS } from '../../simulation/mutants.ts';

describe('each way to break the code', () => {
  it.each(MUTANTS)('still finds its place: $name', ({ file, from }) => {
    expect(readFileSync(file, 'utf8').split(from)).toHaveLength(2);
  });
});
