import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipNames } from './zip-names.ts';

const PACKAGES = '.serverless';

/** Print the size of every packaged function, and fail if one holds more than its own bundle. */
function reportBundles() {
  const packages = readdirSync(PACKAGES).filter((file) => file.endsWith('.zip'));
  if (packages.length === 0) throw new Error(`${PACKAGES} holds no package`);
  for (const file of packages) {
    const archive = readFileSync(join(PACKAGES, file));
    const names = zipNames(archive);
    console.log(`${(archive.length / 1024).toFixed(0).padStart(6)} KB  ${file}  ${names.join(' ')}`);
    const strangers = names.filter((name) => !/^handlers\/[a-z-]+\.cjs$/.test(name));
    if (names.length !== 1 || strangers.length > 0) throw new Error(`${file} must hold one handler only`);
  }
}

reportBundles();
