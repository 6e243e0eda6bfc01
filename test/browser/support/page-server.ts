import { createServer } from 'node:http';
import { build } from 'esbuild';
import { type Listening, listen } from '../../../local/listen.ts';

/** Serve one page with one script, bundled as anybody would bundle it. On localhost, so that cameras may be used. */
export async function servePage(entry: string): Promise<Listening> {
  const script = await bundle(entry);
  const html = '<!doctype html><meta charset="utf-8"><audio></audio><script src="/page.js"></script>';
  const server = createServer(({ url }, outgoing) => {
    const isScript = url === '/page.js';
    outgoing.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    outgoing.end(isScript ? script : html);
  });
  return listen(server, 0);
}

/** The client package names Node's modules first: the browser's are asked for. */
async function bundle(entry: string): Promise<Uint8Array> {
  const built = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    mainFields: ['browser', 'module', 'main'],
    define: { global: 'globalThis' },
    logLevel: 'error',
  });
  return built.outputFiles[0]?.contents ?? new Uint8Array();
}
