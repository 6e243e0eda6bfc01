import { mkdtempSync } from 'node:fs';
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
