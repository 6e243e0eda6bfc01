/**
 * Loads one bundle as Lambda does, and prints the milliseconds of wall time and CPU time. A handler's `.cjs` is required:
 * https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/blob/main/src/UserFunction.js
 */
const file = process.argv[2];
const startedAt = performance.now();
const before = process.cpuUsage();
require(file);
const importMs = performance.now() - startedAt;
const { user, system } = process.cpuUsage(before);
process.stdout.write(JSON.stringify({ importMs, cpuMs: (user + system) / 1000 }));
