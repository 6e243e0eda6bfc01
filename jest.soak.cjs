/**
 * What takes longer than a developer waits: the soaks, and the tests that `npm test` runs in one process, over sockets and on every
 * DynamoDB engine that is installed.
 */
process.env.WIRE = 'sockets';

module.exports = {
  ...require('./jest.config.cjs'),
  testMatch: [
    '<rootDir>/test/**/*.soak.ts',
    '<rootDir>/test/{flows,reconcile,stage,epochs,store}/**/*.test.ts',
    '<rootDir>/test/{events/{ended,any-order,folding},http/{naming-nobody,hostile-names}}.test.ts',
  ],
};
