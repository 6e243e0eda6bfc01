import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/** The members of a CycloneDX document that are used. */
export interface Sbom {
  metadata: { component: { 'bom-ref': string; name: string } };
  components: { 'bom-ref': string; name: string; version: string; scope: string }[];
  dependencies: { ref: string; dependsOn: string[] }[];
}

interface Package {
  name: string;
  dependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
}

/**
 * The bill of materials of the production packages, from the lock file alone. npm's own `--omit dev` also omits packages that
 * development and production share, such as the core of the AWS SDK. So the selection is made here.
 */
export function productionSbom(): Sbom {
  const npm = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only', '--offline'];
  const stdio = ['ignore', 'pipe', 'ignore'] as const;
  const all = JSON.parse(execFileSync('npm', npm, { encoding: 'utf8', stdio: [...stdio] }));
  return inProduction(all, JSON.parse(readFileSync('package.json', 'utf8')));
}

/**
 * Keeps only the packages that the package's required or optional dependencies lead to. Each is pinned to one version. So an
 * older version of the same package under another name, for tests, is told apart.
 */
export function inProduction(sbom: Sbom, { name, dependencies, optionalDependencies }: Package): Sbom {
  const root = sbom.metadata.component;
  const pinned = Object.entries({ ...dependencies, ...optionalDependencies });
  const direct = new Set(pinned.map(([pinnedName, version]) => `${pinnedName}@${version}`));
  const leads = new Map(sbom.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
  leads.set(
    root['bom-ref'],
    (leads.get(root['bom-ref']) ?? []).filter((ref) => direct.has(ref)),
  );
  const reached = reachable(root['bom-ref'], leads);
  return {
    ...sbom,
    metadata: { ...sbom.metadata, component: { ...root, name } }, // npm names it after its folder
    components: sbom.components.filter((component) => reached.has(component['bom-ref'])),
    dependencies: [...reached].map((ref) => ({ ref, dependsOn: leads.get(ref) ?? [] })),
  };
}

function reachable(start: string, leads: Map<string, string[]>): Set<string> {
  const reached = new Set([start]);
  for (const ref of reached) for (const next of leads.get(ref) ?? []) reached.add(next);
  return reached;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.stdout.write(`${JSON.stringify(productionSbom(), null, 2)}\n`);
