/** AWS, middy and jose ship as ESM: they are transformed, and resolved under their `import` condition. */
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'; // known: the SDK wants Node 22 from 2027

module.exports = {
  cacheDirectory: '<rootDir>/.cache/jest',
  testEnvironment: '<rootDir>/test/support/environment.cjs',
  globalSetup: '<rootDir>/test/support/run-setup.ts',
  globalTeardown: '<rootDir>/test/support/run-teardown.ts',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  resolver: '<rootDir>/test/support/resolver.cjs',
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
  // One more than the cores: a test that waits for a browser or a process leaves its core to another.
  maxWorkers: 3,
  testSequencer: '<rootDir>/test/support/slowest-first.cjs',
};
