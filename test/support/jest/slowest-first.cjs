const { default: Sequencer } = require('@jest/test-sequencer');

/** Files that start browsers or the whole stack, slowest first. On a machine without a record of earlier runs jest goes by size. */
const SLOWEST = ['browser', 'e2e', 'races', 'local', 'examples', 'client', 'wiring', 'conformance'];

const rankOf = ({ path }) => {
  const rank = SLOWEST.findIndex((folder) => path.includes(`/test/${folder}/`));
  return rank < 0 ? SLOWEST.length : rank;
};

module.exports = class extends Sequencer {
  sort(tests) {
    return super.sort(tests).toSorted((a, b) => rankOf(a) - rankOf(b));
  }
};
