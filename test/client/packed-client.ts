import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { buildClient } from '../../scripts/build-client.ts';
import { folderOutside } from '../emulator/package/folder-outside.ts';

export interface PackedClient {
  tarball: string;
  /** A folder outside of the repository, in which the tarball is installed and nothing else. */
  folder: string;
  /** The paths of the files that were installed, from the root of the package. */
  files: string[];
  remove: () => void;
}

/** Builds the client, packs it as `npm run pack:client` does, and installs the tarball in an empty folder. */
export async function packedClient(): Promise<PackedClient> {
  const root = folderOutside('balcony-client-');
  const [source, folder] = [join(root, 'source'), join(root, 'app')];
  cpSync('client', source, { recursive: true, filter: (file) => basename(file) !== 'dist' });
  await buildClient(join(source, 'dist'));
  npm(source, 'pack', '--pack-destination', root);
  const tarball = join(root, readdirSync(root).find((file) => file.endsWith('.tgz')) as string);
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  npm(folder, 'install', '--offline', '--no-audit', '--no-fund', tarball);
  return {
    tarball,
    folder,
    files: filesIn(join(folder, 'node_modules/balcony-client')),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

function npm(cwd: string, ...args: string[]): void {
  execFileSync('npm', ['--silent', ...args], { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}
