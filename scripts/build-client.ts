import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/**
 * Builds the package `balcony-client`: one bundled ES module for each entry, and the declarations beside it. Nothing that is written
 * refers to this repository.
 */
export async function buildClient(outdir: string): Promise<void> {
  rmSync(outdir, { recursive: true, force: true });
  await build({
    entryPoints: ['client/balcony.ts'],
    outbase: 'client',
    outdir,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'warning',
  });
  writeDeclarations(outdir);
}

/** TypeScript keeps the extension of a source file in declarations; a package has declarations of `.js` files only. */
function writeDeclarations(outdir: string): void {
  const tsc = ['node_modules/typescript/bin/tsc', '-p', 'client/tsconfig.build.json'];
  execFileSync(process.execPath, [...tsc, '--outDir', resolve(outdir)], { stdio: 'inherit' });
  const files = readdirSync(outdir, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((name) => name.endsWith('.d.ts'))) {
    const path = join(outdir, file);
    writeFileSync(path, readFileSync(path, 'utf8').replace(/(['"]\.[^'"]*)\.ts(['"])/g, '$1.js$2'));
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) buildClient('client/dist');
