import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const isInside = (folder: string) => !relative(process.cwd(), folder).startsWith('..');

/**
 * Makes an empty folder outside of the repository, even where TMPDIR is inside. In a folder below the root, Node.js would find
 * the packages of the repository too.
 */
export function folderOutside(name: string): string {
  const parent = [tmpdir(), '/tmp', homedir()].find((each) => !isInside(each));
  if (!parent) throw new Error('every temporary folder is inside of the repository');
  return mkdtempSync(join(parent, name));
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

/** Packs the package in a folder. Returns the path of the tarball. */
export function pack(source: string, destination: string): string {
  run(source, 'npm', 'pack', '--ignore-scripts', '--pack-destination', destination);
  return join(destination, readdirSync(destination).find((file) => file.endsWith('.tgz')) as string);
}

/** Installs a tarball in a folder without using the network. */
export function install(tarball: string, folder: string): void {
  run(folder, 'npm', 'install', '--offline', '--no-audit', '--no-fund', tarball);
}

/** The paths of all files in a folder, from there, sorted. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}
