const { default: Sequencer } = require('@jest/test-sequencer');

/** Projects whose files wait for Terraform, then those whose files take minutes; the others last. */
const SLOWEST = ['e2e', 'provider', 'clients', 'thorough'];

/** Starts what takes longest at once: a fresh clone has no timings yet, and would start it in the middle. */
class SlowestFirst extends Sequencer {
  sort(tests) {
    const placeOf = ({ context }) => {
      const place = SLOWEST.indexOf(context.config.displayName?.name);
      return place < 0 ? SLOWEST.length : place;
    };
    return super.sort(tests).sort((left, right) => placeOf(left) - placeOf(right));
  }
}

module.exports = SlowestFirst;
