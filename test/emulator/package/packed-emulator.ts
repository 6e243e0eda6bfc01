import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { folderOutside } from './folder-outside.ts';

export interface PackedEmulator {
  tarball: string;
  /** A folder outside of the repository, in which the tarball is installed with zod and nothing else. */
  folder: string;
  /** The paths of the files that were installed, from the root of the package. */
  files: string[];
  remove: () => void;
}

/** The environment of a user: without what npm and Jest add for their own programs. */
export const userEnvironment = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(npm_|JEST_|NODE_OPTIONS$|NODE_ENV$|INIT_CWD$)/.test(name),
  ),
);

/** Runs a program in a folder, and returns its output. Throws with its output if it fails. */
export function run(cwd: string, program: string, ...args: string[]): string {
  try {
    return execFileSync(program, args, { cwd, encoding: 'utf8', stdio: 'pipe', env: userEnvironment });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${program} ${args.join(' ')} failed:\n${stdout}\n${stderr}`);
  }
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
  run(source, 'npm', 'pack', '--ignore-scripts', '--pack-destination', root);
  const tarball = join(root, readdirSync(root).find((file) => file.endsWith('.tgz')) as string);
  const dependencies = { zod: `file:${resolve('node_modules/zod')}` };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  run(folder, 'npm', 'install', '--offline', '--no-audit', '--no-fund', tarball);
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

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}
