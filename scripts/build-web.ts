import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { WebConfig } from '../web/config.ts';
import { noticesOf } from './web-notices.ts';

/** Each part has a `main.ts`, with pages and styles beside it. All are written to the root of the site. */
const PARTS = ['room', 'map', 'meetings'];

/** The addresses of `npm start`. A deployed site needs its own `config.json`. */
const LOCAL: WebConfig = { api: 'http://localhost:3000', issuer: 'http://localhost:3003' };

/**
 * Builds the static site: `room.js`, `map.js`, `meetings.js`, the pages, `config.json` with the services' addresses, and
 * `third-party-notices.txt` with the licences of the bundled packages.
 */
export async function buildWeb(outdir: string, config: WebConfig, root = process.cwd()): Promise<void> {
  const parts = PARTS.filter((part) => existsSync(join(root, 'web', part, 'main.ts')));
  const inputs = await Promise.all(parts.map((part) => bundle(part, outdir, root)));
  mkdirSync(outdir, { recursive: true });
  for (const folder of ['web', ...parts.map((part) => join('web', part))])
    copyPages(join(root, folder), outdir);
  writeFileSync(join(outdir, 'third-party-notices.txt'), noticesOf([...new Set(inputs.flat())], root));
  writeFileSync(join(outdir, 'config.json'), `${JSON.stringify(config, null, 2)}\n`);
}

/** Bundles one part by itself, so that its page loads no chunk that it shares with another. Returns the files that went into it. */
async function bundle(part: string, outdir: string, root: string): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    metafile: true,
    entryPoints: { [part]: join(root, 'web', part, 'main.ts') },
    outdir,
    bundle: true,
    splitting: true, // the Chime client is loaded on the first join
    chunkNames: 'chunks/[name]-[hash]',
    format: 'esm',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    alias: { '@aws-sdk/client-chime-sdk-messaging': join(root, 'web/room/no-messaging.ts') },
    define: { global: 'globalThis' },
    logLevel: 'warning',
  });
  return Object.keys(metafile.inputs);
}

function copyPages(folder: string, outdir: string) {
  const pages = readdirSync(folder).filter((file) => /\.(html|css|svg)$/.test(file));
  for (const page of pages) copyFileSync(join(folder, page), join(outdir, basename(page)));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { argv } = process;
  if (!argv[2]) rmSync('web/dist', { recursive: true, force: true });
  await buildWeb(argv[2] ?? 'web/dist', argv[3] ? JSON.parse(argv[3]) : LOCAL);
}
