import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { tsImport } from 'tsx/esm/api';
import authentication from './authentication.cjs';

const require = createRequire(import.meta.url);

/**
 * Completes `serverless offline` with the rest of the local world (start.ts), and keeps every file
 * that Serverless and its plugins write inside the project.
 */
export default class LocalPlugin {
  constructor(serverless, options, { log }) {
    this.options = options;
    this.service = serverless.service;
    this.root = serverless.serviceDir;
    this.directory = resolve(this.root, process.env.LOCAL_DIR ?? '.local');
    this.log = log;
    this.keepFilesInside();
    this.hooks = {
      initialize: () => this.buildInside(),
      'after:package:finalize': () => this.reportBundles(),
      'before:offline:start': () => this.open(),
      'before:offline:start:init': () => this.open(),
      'before:offline:start:end': () => this.close(),
      'after:offline:functionsUpdated:cleanup': () => this.dropLoadedBundles(),
    };
  }

  /** Temporary files and caches would otherwise stay behind in the system's folders and in the home. */
  keepFilesInside() {
    mkdirSync(this.directory, { recursive: true });
    this.temporary = mkdtempSync(join(this.directory, 'tmp-'));
    process.on('exit', () => rmSync(this.temporary, { recursive: true, force: true }));
    process.env.TMPDIR = this.temporary;
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
    process.env.SLS_SCHEMA_CACHE_BASE_DIR ??= join(this.root, '.cache');
  }

  /** Each run builds in a new folder: what an earlier one left is not packaged, and two do not meet. */
  buildInside() {
    this.bundles = join(this.temporary, 'esbuild');
    this.service.custom.esbuild.outputWorkFolder = relative(this.root, this.bundles);
  }

  async reportBundles() {
    const { reportBundles } = await tsImport('./report-bundles.ts', import.meta.url);
    for (const line of reportBundles(resolve(this.root, this.options.package ?? '.serverless')))
      this.log.notice(line);
  }

  async open() {
    this.listenForTheEnd();
    this.quieten();
    const { openLocalWorld } = await tsImport('./start.ts', import.meta.url);
    this.world = await openLocalWorld(this.service, this.directory).catch((error) => this.giveUp(error));
    process.on('exit', () => this.world.withdraw());
    authentication.authenticateRoute = this.world.authenticateRoute;
    this.announce().catch((error) => this.giveUp(error));
  }

  /** Signals, and the death of npm, which a terminal or a test may kill without telling us. */
  listenForTheEnd() {
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => this.stop());
    const parent = process.ppid;
    const look = () => process.ppid !== parent && process.kill(process.pid, 'SIGTERM');
    if (process.env.npm_lifecycle_event) setInterval(look, 500).unref();
  }

  giveUp(error) {
    this.log.error(`The local world did not start: ${error.message}`);
    process.exit(1);
  }

  /** Not awaited by the hooks: the API that it waits for starts after them. */
  async announce() {
    const { log } = console;
    console.log = () => {}; // serverless-offline's table of routes
    try {
      await this.world.announce(log);
      this.isUp = true;
      require('esbuild').stop(); // frees 200 MB; the next build starts it again
    } finally {
      console.log = log;
    }
  }

  /** serverless-offline ends in its own time once it is up; before that, and when asked twice, at once. */
  stop() {
    if (!this.isUp || this.isStopping) process.exit(0);
    this.isStopping = true;
    this.world.withdraw();
  }

  async close() {
    await this.world?.close();
  }

  /** Only warnings and errors of the plugins: a line for each request hides what a handler says. */
  quieten() {
    Object.getPrototypeOf(this.log).disable?.();
  }

  /** After a change: handlers run in this process, so their old code must be forgotten. */
  dropLoadedBundles() {
    for (const file of Object.keys(require.cache)) {
      if (file.startsWith(this.bundles)) delete require.cache[file];
    }
  }
}
