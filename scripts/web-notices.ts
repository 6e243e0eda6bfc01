import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const NOTICE_FILE = /^(licen[cs]e|notice|copying)/i;

/**
 * Collects the licence notices of the packages in a bundle. `inputs` are the paths of its modules, from esbuild's metafile.
 * Each package has its name, version, licence, and the text of its notice files.
 */
export function noticesOf(inputs: string[], root: string): string {
  const folders = [...new Set(inputs.flatMap((input) => packageFolder(input) ?? []))].sort();
  const notices = folders.map((folder) => noticeOf(join(root, folder)));
  return [...new Set(notices)].join(`\n${'-'.repeat(80)}\n\n`);
}

/** `node_modules/a/node_modules/@b/c/build/d.js` belongs to the package in `node_modules/a/node_modules/@b/c`. */
function packageFolder(input: string): string | undefined {
  return /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(input)?.[0];
}

function noticeOf(folder: string): string {
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder).filter((file) => NOTICE_FILE.test(file));
  const texts = files.sort().map((file) => readFileSync(join(folder, file), 'utf8').trim());
  const by = typeof author === 'string' ? author : author?.name;
  const heading = `${name} ${version} (${license ?? 'see below'})${by ? `, by ${by}` : ''}`;
  return `${[heading, ...texts].join('\n\n')}\n`;
}
