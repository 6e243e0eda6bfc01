import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../emulator');

const sources = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.ts'),
);

/** What signaling and media need; loaded when they start, and known by its types alone before. */
const OPTIONAL = ['ws', 'werift'];

describe('the emulator as a standalone tool', () => {
  it.each(sources)('%s imports only itself, zod and Node', (path) => {
    const types = new RegExp(`^import type .* from '(${OPTIONAL.join('|')})';$`, 'gm');
    const source = readFileSync(join(ROOT, path), 'utf8').replaceAll(types, '');
    const imported = [...source.matchAll(/from '([^']+)'/g)].map(([, specifier = '']) => specifier);
    const depth = path.split('/').length - 1;
    const leaves = new RegExp(`^(\\.\\./){${depth + 1}}`);
    const isForeign = (specifier: string) =>
      specifier.startsWith('.')
        ? leaves.test(specifier)
        : specifier !== 'zod' && !specifier.startsWith('node:');
    expect(imported.filter(isForeign)).toEqual([]);
  });
});
