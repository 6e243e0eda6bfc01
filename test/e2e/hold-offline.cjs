/** Loaded before Serverless: holds its process back until a test lets it go on. */
const { existsSync, mkdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const { LOCAL_DIR } = process.env;
if (process.argv.includes('offline')) {
  mkdirSync(LOCAL_DIR, { recursive: true });
  writeFileSync(join(LOCAL_DIR, 'held'), '');
  const never = new Int32Array(new SharedArrayBuffer(4));
  while (!existsSync(join(LOCAL_DIR, 'go-on'))) Atomics.wait(never, 0, 0, 20);
}
