/**
 * Load one bundle as Lambda does, and say how many milliseconds it took. A handler's `.cjs` is required:
 * https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/blob/main/src/UserFunction.js
 */
const file = process.argv[2];
const start = performance.now();
require(file);
process.stdout.write(String(performance.now() - start));
