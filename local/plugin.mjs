import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { tsImport } from 'tsx/esm/api';
import authentication from './authentication.cjs';

const require = createRequire(import.meta.url);

/**
 * Adds the rest of the local stack (start.ts) to `serverless offline`, and keeps every file that Serverless and its plugins
 * write inside the project.
 */
export default class LocalPlugin {
  constructor(serverless, options, { log }) {
    this.options = options;
    this.service = serverless.service;
    this.plugins = serverless.pluginManager.plugins;
    this.root = serverless.serviceDir;
    this.directory = resolve(this.root, process.env.LOCAL_DIR ?? '.local');
    this.log = log;
    if (serverless.processedInput.commands[0] === 'offline') this.listenForTheEnd();
    this.keepFilesInside();
    this.hooks = {
      initialize: () => this.buildInside(),
      error: () => this.endAfterError(),
      'after:package:finalize': () => this.reportBundles(),
      'before:offline:start': () => this.open(),
      'before:offline:start:init': () => this.open(),
      'before:offline:start:end': () => this.close(),
      'after:offline:functionsUpdated:cleanup': () => this.dropLoadedBundles(),
    };
  }

  /**
   * Keeps temporary files and caches inside the project; otherwise they remain in the system's folders and the home folder.
   */
  keepFilesInside() {
    mkdirSync(this.directory, { recursive: true });
    this.temporary = mkdtempSync(join(this.directory, 'tmp-'));
    process.on('exit', () => rmSync(this.temporary, { recursive: true, force: true }));
    process.env.TMPDIR = this.temporary;
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
    process.env.SLS_SCHEMA_CACHE_BASE_DIR ??= join(this.root, '.cache');
  }

  /** Builds each run in a new folder: leftovers of an earlier run are not packaged, and two runs do not conflict. */
  buildInside() {
    this.bundles = join(this.temporary, 'esbuild');
    this.service.custom.esbuild.outputWorkFolder = relative(this.root, this.bundles);
    return this.buildAtOnce();
  }

  /** Builds all functions at once, and never twice at a time: a change of branch would build for each of a hundred changed files. */
  async buildAtOnce() {
    const { buildBundles } = await tsImport('./bundles/build-bundles.ts', import.meta.url);
    const { oneAtATime } = await tsImport('./bundles/one-at-a-time.ts', import.meta.url);
    for (const plugin of this.plugins)
      if (plugin.constructor.name === 'EsbuildServerlessPlugin')
        plugin.bundle = oneAtATime(() => buildBundles(plugin));
  }

  async reportBundles() {
    const { reportBundles } = await tsImport('./bundles/report-bundles.ts', import.meta.url);
    for (const line of reportBundles(resolve(this.root, this.options.package ?? '.serverless')))
      this.log.notice(line);
  }

  async open() {
    this.quieten();
    console.log('\n  Building the functions and starting the stack …');
    const { openLocalWorld } = await tsImport('./start.ts', import.meta.url);
    this.world = await openLocalWorld(this.service, this.directory).catch((error) => this.giveUp(error));
    process.on('exit', () => this.world.withdraw());
    authentication.authenticateRoute = this.world.authenticateRoute;
    this.announce().catch((error) => this.giveUp(error));
  }

  /**
   * Handles signals, and the death of npm, which a terminal or a test may kill without a signal to this process. It does so
   * before a folder is made: an early end, too, leaves neither a process nor a folder. `STOP_WITH` has the process ids of npm,
   * which may have died before this process could look at its parent, and of a program that starts the stack and may die before it
   * stops the stack.
   */
  listenForTheEnd() {
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => this.stop());
    const parent = process.ppid;
    const starters = (process.env.STOP_WITH ?? '').split(' ').filter(Boolean).map(Number);
    const look = () =>
      (process.ppid !== parent || starters.some(isGone)) && process.kill(process.pid, 'SIGTERM');
    if (process.env.npm_lifecycle_event) setInterval(look, 500).unref();
  }

  async giveUp(error) {
    const { whyNotStarted } = await tsImport('./ports.ts', import.meta.url);
    this.log.error(`The local stack did not start: ${whyNotStarted(error)}`);
    process.exit(1);
  }

  /** Prints the greeting. The hooks do not await it: the API that it waits for starts after them. */
  async announce() {
    const { log } = console;
    console.log = () => {}; // suppresses serverless-offline's table of routes
    try {
      await this.world.announce(log);
      this.isUp = true;
      require('esbuild').stop(); // frees 200 MB; the next build starts it again
    } finally {
      console.log = log;
    }
  }

  /**
   * Stops the stack. serverless-offline stops by itself once it is up; before that, and on a second signal, this exits at
   * once.
   */
  stop() {
    if (!this.isUp || this.isStopping) process.exit(0);
    this.isStopping = true;
    this.world.withdraw();
  }

  /** Ends the process once Serverless has printed an error of the start. It would wait for the servers that are open already. */
  endAfterError() {
    if (this.world) setImmediate(() => process.exit(1));
  }

  async close() {
    await this.world?.close();
  }

  /** Shows only warnings and errors of the plugins: a line for each request would hide the handlers' output. */
  quieten() {
    Object.getPrototypeOf(this.log).disable?.();
  }

  /** Unloads the handlers after a change: they run in this process, so their old code is cached. */
  dropLoadedBundles() {
    for (const file of Object.keys(require.cache)) {
      if (file.startsWith(this.bundles)) delete require.cache[file];
    }
  }
}

function isGone(pid) {
  try {
    return !process.kill(pid, 0);
  } catch ({ code }) {
    return code === 'ESRCH';
  }
}
