import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

export interface Import {
  from: string;
  /** A path from the root for our own files; a package's name otherwise. */
  to: string;
  isOwn: boolean;
  typeOnly: boolean;
  /** By `import()`: loaded only when it is needed. */
  isDynamic: boolean;
}

const STATEMENT = /^(?:import|export)\s+(type\s)?[^'";]*?from\s+'([^']+)'|^import\s+'([^']+)'/gm;
const DYNAMIC = /\bimport\(\s*'([^']+)'/g;

/** Every TypeScript file below these folders, as paths from the root, but for built ones. */
export function sourcesOf(...folders: string[]): string[] {
  return folders
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
    )
    .filter((file) => file.endsWith('.ts') && !/(^|\/)(dist|node_modules)\//.test(file))
    .sort();
}

/** What a file imports. */
export function importsOf(from: string): Import[] {
  const text = readFileSync(from, 'utf8');
  const found = [...text.matchAll(STATEMENT)].map(([, type, named, bare]) => ({
    specifier: named ?? bare ?? '',
    typeOnly: type !== undefined,
    isDynamic: false,
  }));
  const dynamic = [...text.matchAll(DYNAMIC)].map(([, specifier = '']) => ({
    specifier,
    typeOnly: false,
    isDynamic: true,
  }));
  return [...found, ...dynamic].map(({ specifier, ...how }) => {
    const isOwn = specifier.startsWith('.');
    const to = isOwn ? relative('.', join(dirname(from), specifier)) : specifier;
    return { from, to, isOwn, ...how };
  });
}
