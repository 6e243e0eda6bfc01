/** AWS, middy and jose ship as ESM: they are transformed, and resolved under their `import` condition. */
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'; // known: the SDK wants Node 22 from 2027

module.exports = {
  cacheDirectory: '<rootDir>/.cache/jest',
  testEnvironment: '<rootDir>/test/support/jest/environment.cjs',
  globalSetup: '<rootDir>/test/support/jest/run-setup.ts',
  globalTeardown: '<rootDir>/test/support/jest/run-teardown.ts',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  resolver: '<rootDir>/test/support/jest/resolver.cjs',
  transform: {
    '\\.[cm]?[jt]s$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  transformIgnorePatterns: ['/node_modules/(?!(@middy|jose|zod-openapi)/)'],
  modulePathIgnorePatterns: [
    '<rootDir>/.esbuild',
    '<rootDir>/.serverless',
    '<rootDir>/.cache',
    '<rootDir>/.local',
  ],
  testTimeout: 900_000, // how long a test may take on a loaded machine: it ends what hangs, and asserts no speed
  maxWorkers: 2,
  testSequencer: '<rootDir>/test/support/jest/slowest-first.cjs',
};
