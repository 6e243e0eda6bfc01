import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import type { WebConfig } from '../web/config.ts';
import { type Listening, listen } from './listen.ts';
import type { LoadGeneratorRoutes } from './load-generator/serve.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
};

/** The source folders of the pages. */
const SOURCES = ['web', 'client'];

/**
 * Serves the web pages, with a `config.json` that points to this stack. They are built at the first request, and again when a
 * page is loaded after its sources changed. Requests below /load-generator/ control the map's simulated audience.
 */
export async function startWeb(
  port: number,
  config: WebConfig,
  generator?: LoadGeneratorRoutes,
): Promise<Listening> {
  const directory = mkdtempSync(join(tmpdir(), 'web-'));
  const build = builder(directory, config);
  const serve = async (url: string | undefined, response: ServerResponse) => {
    const path = pathOf(url);
    await build({ isPage: path.endsWith('.html') });
    sendFile(response, join(directory, path));
  };
  const server = createServer((request, response) => {
    const served =
      generator && request.url?.startsWith('/load-generator/')
        ? generator.serve(request, response)
        : serve(request.url, response);
    served.catch((error) =>
      response.headersSent ? response.destroy() : sendText(response, 500, error.stderr || String(error)),
    );
  });
  const listening = await listen(server, port);
  const close = async () => {
    await listening.close();
    rmSync(directory, { recursive: true, force: true });
  };
  return { ...listening, close };
}

/** Builds the pages in a separate process, so that esbuild's memory is released. */
function builder(directory: string, config: WebConfig) {
  let builtFrom = 0;
  let built = Promise.resolve();
  const run = promisify(execFile);
  const build = async () => {
    const script = ['--import', 'tsx', 'scripts/build-web.ts', directory, JSON.stringify(config)];
    await run(process.execPath, script);
  };
  return ({ isPage }: { isPage: boolean }): Promise<void> => {
    const changedAt = isPage || !builtFrom ? lastChange() : builtFrom;
    if (changedAt !== builtFrom) built = build();
    builtFrom = changedAt;
    return built;
  };
}

/** When any source last changed, in milliseconds since the epoch. */
function lastChange(): number {
  const files = SOURCES.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()),
  );
  return Math.max(...files.map(({ parentPath, name }) => statSync(join(parentPath, name)).mtimeMs));
}

/** The path of a file of the site. A parsed URL contains no `..`, and encoded parts stay encoded: no path leaves the site. */
function pathOf(url = '/'): string {
  const path = new URL(`http://localhost${url}`).pathname;
  return path.endsWith('/') ? `${path}index.html` : path;
}

function sendFile(response: ServerResponse, file: string) {
  const body = contentOf(file);
  if (!body) return sendText(response, 404, 'There is no such page.\n');
  response.writeHead(200, {
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    'cache-control': 'no-store',
  });
  response.end(body);
}

function contentOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

function sendText(response: ServerResponse, status: number, text: string) {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(text);
}
