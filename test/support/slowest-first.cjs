const { default: Sequencer } = require('@jest/test-sequencer');

/** What waits for minutes, then files that wait for Terraform, then those that take minutes; the others last. */
const SLOWEST = [
  /\/test\/e2e\//,
  /\/provider\/(guides|installed|recipes|fleet)\.test\.ts$/,
  // Programs that try again and again what they are refused.
  /\/clients\/backup-programs\.test\.ts$/,
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
