const { default: Sequencer } = require('@jest/test-sequencer');

/** Files that wait for Terraform, then those that take minutes; the others last. */
const SLOWEST = [
  /\/test\/e2e\//,
  /\/test\/provider\//,
  /\/test\/clients\//,
  /-(defects|faults)\.test\.ts$/,
  /\/test\/(browser|thorough)\//,
];

/** Starts what takes longest at once: a fresh clone has no timings yet, and would start it in the middle. */
class SlowestFirst extends Sequencer {
  sort(tests) {
    const placeOf = ({ path }) => {
      const place = SLOWEST.findIndex((pattern) => pattern.test(path));
      return place < 0 ? SLOWEST.length : place;
    };
    return super.sort(tests).sort((left, right) => placeOf(left) - placeOf(right));
  }
}

module.exports = SlowestFirst;
