/** The tests that `npm test` runs in one process, over sockets. */
process.env.WIRE = 'sockets';

module.exports = {
  ...require('./jest.config.cjs'),
  testMatch: [
    '<rootDir>/test/{flows,reconcile,stage,epochs,store}/**/*.test.ts',
    '<rootDir>/test/{events/{ended,any-order,folding},http/{naming-nobody,hostile-names}}.test.ts',
  ],
};
