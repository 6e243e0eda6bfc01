import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipNames } from './zip-names.ts';

const HANDLER = /^handlers\/[a-z-]+\.cjs$/;

/** Returns one line for every packaged function, with its size. Throws if a package holds more than its own bundle. */
export function reportBundles(directory: string): string[] {
  const packages = readdirSync(directory).filter((file) => file.endsWith('.zip'));
  if (packages.length === 0) throw new Error(`${directory} holds no package`);
  return packages.map((file) => {
    const archive = readFileSync(join(directory, file));
    const [handler = '', ...strangers] = zipNames(archive);
    if (!HANDLER.test(handler) || strangers.length > 0) throw new Error(`${file} must hold one handler only`);
    return `${(archive.length / 1024).toFixed(0).padStart(6)} KB  ${file}  ${handler}`;
  });
}
