require('./compiled-once.cjs');
const { AsyncLocalStorage } = require('node:async_hooks');
const { TestEnvironment } = require('jest-environment-node');

const used = new Set();
for (const method of ['run', 'enterWith']) {
  const original = AsyncLocalStorage.prototype[method];
  AsyncLocalStorage.prototype[method] = function (...args) {
    used.add(this);
    return original.apply(this, args);
  };
}

/**
 * Sets the environment variables that jest's configuration has for its files.
 *
 * Adds to the error of a failed test what its file reports about that moment (test/browser/support/failure-report.ts).
 *
 * Disables the AsyncLocalStorage instances of a test file at its end. Up to Node.js 22, each promise copies the state of every
 * enabled instance, so the files of one worker would slow down those that come after them, and would never be freed.
 */
module.exports = class extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    Object.assign(this.global.process.env, config.projectConfig.testEnvironmentOptions.variables);
  }

  async handleTestEvent({ name, error }) {
    if (name !== 'test_fn_failure' || !this.global.reportFailure || !error?.stack) return;
    const message = `${error.message}\n\n${await this.global.reportFailure()}`;
    error.stack = error.stack.replace(error.message, () => message);
    error.message = message;
  }

  async teardown() {
    for (const storage of used) storage.disable();
    used.clear();
    await super.teardown();
  }
};
