import { createServer } from 'node:http';
import { build } from 'esbuild';
import { type Listening, listen } from '../../../local/listen.ts';

/**
 * Serve one page with one script, bundled with a package of the Chime client. The page is on localhost, so that it
 * may use cameras.
 */
export async function servePage(entry: string, clientPackage: string): Promise<Listening> {
  const script = await bundle(entry, clientPackage);
  const html = '<!doctype html><meta charset="utf-8"><audio></audio><script src="/page.js"></script>';
  const server = createServer(({ url }, outgoing) => {
    const isScript = url === '/page.js';
    outgoing.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    outgoing.end(isScript ? script : html);
  });
  return listen(server, 0);
}

/** The client package names Node's modules first: the browser's are asked for. */
async function bundle(entry: string, clientPackage: string): Promise<Uint8Array> {
  const built = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    mainFields: ['browser', 'module', 'main'],
    define: { global: 'globalThis' },
    alias: { 'amazon-chime-sdk-js': clientPackage },
    logLevel: 'error',
  });
  return built.outputFiles[0]?.contents ?? new Uint8Array();
}
