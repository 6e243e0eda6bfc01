const { maxWorkers, testSequencer, testTimeout, ...config } = require('./jest.config.cjs');

/** The tests of `npm test` that play all of their cases here, or have more time (test/support/budget.ts). */
const LONGER = [
  'bench/placement',
  'flows/drains/crossed-evacuations',
  'flows/join/demoted-while-returning',
  'flows/join/returning-to-stage',
  'flows/join/sessions',
  'flows/meeting/crossing-captions',
  'stage/interleavings',
  'stage/state-machine',
];

/**
 * What takes longer than a developer waits: the soaks, the browser tests of the clients alone, and the writes of the store over
 * sockets on every DynamoDB engine that is installed. Races between processes need sockets, too. The other soaks run in one process,
 * as in `npm test`.
 */
module.exports = {
  maxWorkers,
  testSequencer,
  testTimeout,
  projects: [
    {
      ...config,
      displayName: 'sockets',
      testMatch: ['<rootDir>/test/races/*.soak.ts', '<rootDir>/test/store/**/*.test.ts'],
      testEnvironmentOptions: { variables: { WIRE: 'sockets', SOAK: 'on' } },
    },
    {
      ...config,
      displayName: 'one process',
      testMatch: [
        '<rootDir>/test/!(races)/**/*.soak.ts',
        ...LONGER.map((name) => `<rootDir>/test/${name}.test.ts`),
      ],
      testEnvironmentOptions: { variables: { SOAK: 'on' } },
    },
  ],
};
