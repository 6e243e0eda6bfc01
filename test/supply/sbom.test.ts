import { execFileSync } from 'node:child_process';
import type { Sbom } from '../../scripts/sbom.ts';
import { lockedPackages } from './lock-file.ts';

describe('the bill of materials that npm run sbom writes', () => {
  const node = ['--import', 'tsx', 'scripts/sbom.ts'];
  const sbom: Sbom = JSON.parse(execFileSync(process.execPath, node, { encoding: 'utf8' }));
  const listed = new Set(sbom.components.map((component) => component['bom-ref']));

  it('has every package of the lock file that is not only for development, and no other', () => {
    const wanted = lockedPackages().filter(({ dev }) => !dev);
    expect([...listed].sort()).toEqual(
      [...new Set(wanted.map(({ name, version }) => `${name}@${version}`))].sort(),
    );
  });

  it('has packages that development shares with production, which npm itself omits', () => {
    const names = sbom.components.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['@aws-sdk/core', '@smithy/core', 'tslib']));
  });

  it('refers only to packages that it contains, under our own name', () => {
    const root = sbom.metadata.component;
    const leads = sbom.dependencies.flatMap(({ dependsOn }) => dependsOn);
    expect(root.name).toBe('balcony');
    expect(leads.filter((ref) => !listed.has(ref))).toEqual([]);
  });
});
