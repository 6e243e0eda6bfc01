import { readFileSync } from 'node:fs';
import { dirname, join, normalize, resolve } from 'node:path';
import { sourcesOf } from '../../layers/imports.ts';
import { run } from '../../packages/packing.ts';
import { type PackedEmulator, packedEmulator } from './packed-emulator.ts';

let packed: PackedEmulator;
beforeAll(() => {
  packed = packedEmulator();
});
afterAll(() => packed?.remove());

const textOf = (file: string) =>
  readFileSync(join(packed.folder, 'node_modules/balcony-chime-emulator', file), 'utf8');
const tool = (name: string) => resolve('node_modules/.bin', name);

describe('the packed emulator', () => {
  it('ships its documents, and each source file as code and as declarations', () => {
    const built = sourcesOf('emulator').flatMap((file) => {
      const name = file.replace(/^emulator/, 'dist').replace(/\.ts$/, '');
      return [`${name}.d.ts`, `${name}.js`];
    });
    const documents = ['CHANGELOG.md', 'LICENSE', 'NOTICE', 'README.md', 'package.json'];
    expect(packed.files).toEqual([...documents, ...built].sort());
  });

  it('refers to no file that it does not ship', () => {
    for (const file of packed.files.filter((name) => /\.(ts|js|json|md)$/.test(name))) {
      const paths = textOf(file).match(/(?<=['"(])\.{1,2}\/[^'")\s]*/g) ?? [];
      const missing = paths
        .map((path) => normalize(join(dirname(file), path)))
        .filter(
          (path) => !packed.files.includes(path) && !packed.files.includes(path.replace(/\.ts$/, '.d.ts')),
        );
      expect([file, missing]).toEqual([file, []]);
    }
  });

  it('passes publint, also its suggestions', () => {
    expect(run('.', tool('publint'), 'run', packed.tarball, '--strict')).toContain('All good!');
  });

  it('passes arethetypeswrong for ES modules', () => {
    expect(run('.', tool('attw'), packed.tarball, '--profile', 'esm-only')).toContain('🟢 (ESM)');
  });
});
