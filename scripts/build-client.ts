import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';

const ENTRIES = ['balcony', 'react/index'];
const PEERS = ['react', 'amazon-chime-sdk-js'];

/**
 * Builds the package `balcony-client`: one bundled ES module for each entry, and the declarations beside it. Nothing that is written
 * refers to this repository.
 */
export async function buildClient(outdir: string): Promise<void> {
  rmSync(outdir, { recursive: true, force: true });
  await build({
    entryPoints: ENTRIES.map((entry) => `client/${entry}.ts`),
    outbase: 'client',
    outdir,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    external: PEERS,
    plugins: [oneClient],
    logLevel: 'warning',
  });
  writeDeclarations(outdir);
}

/** The React entry imports the main entry, so that both have the same class `Refusal`. */
const oneClient: Plugin = {
  name: 'one-client',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^\.\.\/balcony\.ts$/ }, () => ({ path: '../balcony.js', external: true }));
  },
};

/** Writes the declarations that the entries lead to. */
function writeDeclarations(outdir: string): void {
  const tsc = ['node_modules/typescript/bin/tsc', '-p', 'client/tsconfig.build.json'];
  execFileSync(process.execPath, [...tsc, '--outDir', resolve(outdir)], { stdio: 'inherit' });
  const needed = new Set<string>();
  for (const entry of ENTRIES) rewrite(join(outdir, `${entry}.d.ts`), needed);
  for (const file of readdirSync(outdir, { recursive: true, encoding: 'utf8' })) {
    const path = join(outdir, file);
    if (path.endsWith('.d.ts') && !needed.has(path)) rmSync(path);
  }
}

/** TypeScript keeps the extensions of source files in declarations; a package has declarations of `.js` files only. */
function rewrite(path: string, done: Set<string>): void {
  if (done.has(path)) return;
  done.add(path);
  const text = readFileSync(path, 'utf8').replace(/(['"]\.[^'"]*)\.ts(['"])/g, '$1.js$2');
  writeFileSync(path, text);
  for (const [, named = ''] of text.matchAll(/['"](\.[^'"]*)\.js['"]/g))
    rewrite(join(path, '..', `${named}.d.ts`), done);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) buildClient('client/dist');
