import { readFileSync } from 'node:fs';

/** One package as the lock file has it. */
export interface Locked {
  name: string;
  version: string;
  license: string;
  integrity?: string;
  dev: boolean;
  /** Reached by a development dependency as well as by an optional one. */
  devOptional: boolean;
  optional: boolean;
  hasInstallScript: boolean;
}

const json = (file: string) => JSON.parse(readFileSync(file, 'utf8'));

/** Every package in the lock file but our own: the root, the workspaces, and the links to them. */
export function lockedPackages(): Locked[] {
  const { packages } = json('package-lock.json') as {
    packages: Record<string, Partial<Locked> & { link?: boolean }>;
  };
  return Object.entries(packages)
    .filter(([path, { link }]) => path.includes('node_modules/') && !link)
    .map(([path, found]) => ({
      version: '',
      license: 'none said',
      dev: false,
      devOptional: false,
      optional: false,
      hasInstallScript: false,
      ...found,
      name: found.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
    }));
}

/** What is said of our own package. */
export function ownPackage(): {
  dependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
  allowScripts: Record<string, boolean>;
} {
  return json('package.json');
}
