import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { buildClient } from '../../scripts/build-client.ts';
import { filesIn, folderOutside, install, pack } from '../packages/packing.ts';

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
  const tarball = pack(source, root);
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  install(tarball, folder);
  return {
    tarball,
    folder,
    files: filesIn(join(folder, 'node_modules/balcony-client')),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
