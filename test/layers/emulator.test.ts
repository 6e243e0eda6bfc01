import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { importsOf, sourcesOf } from './imports.ts';

interface Manifest {
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
  peerDependenciesMeta: Record<string, { optional: boolean }>;
}

const manifest: Manifest = JSON.parse(readFileSync('emulator/package.json', 'utf8'));
const imports = sourcesOf('emulator').flatMap(importsOf);
const packages = imports.filter(({ to, isOwn }) => !isOwn && !(isBuiltin(to) && to.startsWith('node:')));

/** `@scope/name/path` and `name/path` are of the packages `@scope/name` and `name`. */
const packageOf = (specifier: string) => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? '';
const namesOf = (some: typeof imports) => [...new Set(some.map(({ to }) => packageOf(to)))].sort();

describe('the imports of the emulator', () => {
  it('are found', () => {
    expect(imports.length).toBeGreaterThan(200);
  });

  it('lead to no other folder of the repository', () => {
    expect(imports.filter(({ to, isOwn }) => isOwn && !to.startsWith('emulator/'))).toEqual([]);
  });

  it('lead to the packages that its manifest declares, to each of them, and to no other', () => {
    const { dependencies, peerDependencies } = manifest;
    expect(namesOf(packages)).toEqual(Object.keys({ ...dependencies, ...peerDependencies }).sort());
  });

  it('load optional peers only by import(), or use their types', () => {
    const { peerDependencies, peerDependenciesMeta } = manifest;
    expect(Object.keys(peerDependenciesMeta)).toEqual(Object.keys(peerDependencies));
    const loaded = packages.filter(({ typeOnly, isDynamic }) => !typeOnly && !isDynamic);
    expect(namesOf(loaded)).toEqual(Object.keys(manifest.dependencies));
  });
});
