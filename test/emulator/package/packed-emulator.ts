import { cpSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { filesIn, folderOutside, install, pack, run } from '../../packages/packing.ts';

export interface PackedEmulator {
  tarball: string;
  /** A folder outside of the repository, in which the tarball is installed with zod and nothing else. */
  folder: string;
  /** The paths of the files that were installed, from the root of the package. */
  files: string[];
  remove: () => void;
}

/** Builds the emulator, packs it, and installs the tarball as a user would. The network is not used: zod is a link. */
export function packedEmulator(): PackedEmulator {
  const root = folderOutside('balcony-emulator-');
  const [source, folder] = [join(root, 'source'), join(root, 'empty')];
  for (const each of [source, folder]) mkdirSync(each);
  for (const name of readdirSync('emulator').filter((file) =>
    /^(package\.json|[A-Z]+(\.md)?|.*yaml|Dockerfile)$/.test(file),
  ))
    cpSync(join('emulator', name), join(source, name));
  run('.', resolve('node_modules/.bin/tsc'), '-p', 'emulator', '--outDir', join(source, 'dist'));
  const tarball = pack(source, root);
  const dependencies = { zod: `file:${resolve('node_modules/zod')}` };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  install(tarball, folder);
  return {
    tarball,
    folder,
    files: filesIn(join(folder, 'node_modules/balcony-chime-emulator')),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** Links packages of the repository into the folder, as if they were installed there. */
export function addPackages({ folder }: PackedEmulator, ...names: string[]): void {
  for (const name of names) link(resolve('node_modules', name), join(folder, 'node_modules', name));
}

export function link(to: string, from: string): void {
  mkdirSync(dirname(from), { recursive: true });
  symlinkSync(to, from);
}
