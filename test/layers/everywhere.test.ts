import { resolve } from 'node:path';
import { cyclesOf } from './cycles.ts';
import { type Import, importsOf, sourcesOf } from './imports.ts';

const FOLDERS = [
  ...['bench', 'client', 'emulator', 'examples', 'handlers', 'infra', 'lib', 'local'],
  ...['scripts', 'simulation', 'test', 'web'],
];
/** What a file of these folders may import of our own, beside its own folder. */
const MAY_IMPORT: Record<string, string[]> = {
  bench: ['client', 'emulator', 'lib', 'local', 'simulation'],
  client: [],
  emulator: [],
  examples: ['client'],
  handlers: ['lib'],
  infra: ['lib'],
  lib: [],
  local: ['emulator', 'lib', 'web'],
  scripts: ['client', 'emulator', 'lib', 'local', 'simulation', 'web'],
  simulation: ['emulator', 'lib', 'local'],
  web: ['client', 'lib', 'local'],
};

const files = sourcesOf(...FOLDERS);
const imports = files.flatMap(importsOf).filter(({ isOwn }) => isOwn);
const folderOf = (path: string) => path.split('/')[0] as string;
const spell = ({ from, to }: Import) => `${from} → ${to}`;

describe('the imports of the whole repository', () => {
  it('have no cycle', () => {
    const graph = new Map(files.map((file) => [file, [] as string[]]));
    for (const { from, to } of imports) graph.get(from)?.push(to);
    expect(graph.size).toBeGreaterThan(500);
    expect(cyclesOf(graph)).toEqual([]);
  });

  it.each(Object.entries(MAY_IMPORT))('of %s go to no top folder but %j', (folder, allowed) => {
    const own = imports.filter(({ from }) => folderOf(from) === folder);
    expect(
      own.filter(({ to }) => folderOf(to) !== folder && !allowed.includes(folderOf(to))).map(spell),
    ).toEqual([]);
  });

  it('go from test to anywhere, and from no other folder to test', () => {
    expect(imports.filter(({ from, to }) => folderOf(to) === 'test' && folderOf(from) !== 'test')).toEqual(
      [],
    );
  });
});

describe('the tests that play more cases in a soak than otherwise', () => {
  it('are those that jest.soak.cjs names', () => {
    const { projects } = require(resolve('jest.soak.cjs')) as { projects: { testMatch: string[] }[] };
    const named = projects.flatMap(({ testMatch }) => testMatch.filter((path) => !path.includes('*')));
    const asking = imports.filter(({ to }) => to === 'test/support/budget.ts').map(({ from }) => from);
    expect(named.map((path) => path.replace('<rootDir>/', '')).sort()).toEqual(asking.sort());
    expect(asking.length).toBeGreaterThan(5);
  });
});

describe('the search for import cycles', () => {
  it('finds two files that import each other, and the files in between', () => {
    const graph = new Map([
      ['a', ['b']],
      ['b', ['c']],
      ['c', ['b', 'd']],
      ['d', []],
    ]);
    expect(cyclesOf(graph)).toEqual([['b', 'c']]);
  });

  it('finds none where all imports go in one direction', () => {
    expect(
      cyclesOf(
        new Map([
          ['a', ['b', 'c']],
          ['b', ['c']],
          ['c', []],
        ]),
      ),
    ).toEqual([]);
  });
});
