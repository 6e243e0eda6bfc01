/**
 * What takes longer than a developer waits: the soaks, the browser tests of the clients alone, and the writes of the store over
 * sockets on every DynamoDB engine that is installed.
 */
process.env.WIRE = 'sockets';

module.exports = {
  ...require('./jest.config.cjs'),
  testMatch: ['<rootDir>/test/**/*.soak.ts', '<rootDir>/test/store/**/*.test.ts'],
};
