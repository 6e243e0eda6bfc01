import { readFileSync } from 'node:fs';
import { importsOf, sourcesOf } from './imports.ts';

const tests = sourcesOf('test');

describe('the randomness of the tests', () => {
  it('comes from the seed of the run in every property, which one file passes to fast-check', () => {
    const users = tests.flatMap(importsOf).filter(({ to, isOwn }) => !isOwn && to === 'fast-check');
    expect(users.map(({ from }) => from)).toEqual(['test/support/random/property.ts']);
  });

  it('comes from the seed of the run in every draw of a test', () => {
    const drawing = tests.filter((file) => /Math\.random(?! = )/.test(readFileSync(file, 'utf8')));
    expect(drawing).toEqual([]);
  });
});
