import { cpSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { type Listening, listen } from '../../../local/listen.ts';

/**
 * Serves the React example as a frontend would have it: its source lies beside the installed package in a folder outside of the
 * repository. Only React, the component library and the Chime client come from the repository.
 */
export async function serveReactExample(folder: string): Promise<Listening> {
  const source = join(folder, 'src');
  cpSync('examples/react-viewer', source, { recursive: true });
  const built = await build({
    entryPoints: [join(source, 'main.tsx')],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    jsx: 'automatic',
    mainFields: ['browser', 'module', 'main'],
    nodePaths: [resolve('node_modules')],
    define: { global: 'globalThis', 'process.env.NODE_ENV': '"development"' }, // strict mode mounts twice
    logLevel: 'error',
    metafile: true,
  });
  const client = Object.keys(built.metafile.inputs).filter((file) => file.includes('balcony-client/'));
  if (!client.every((file) => resolve(file).startsWith(folder)))
    throw new Error(`not the package: ${client}`);
  const html = '<!doctype html><meta charset="utf-8"><body><script src="/page.js"></script>';
  const server = createServer(({ url }, outgoing) => {
    const isScript = url === '/page.js';
    outgoing.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    outgoing.end(isScript ? built.outputFiles[0]?.contents : html);
  });
  return listen(server, 0);
}
