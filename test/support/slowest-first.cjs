const { default: Sequencer } = require('@jest/test-sequencer');

/** Starts what waits for Terraform at once: a fresh clone has no timings yet, and would start it in the middle. */
class SlowestFirst extends Sequencer {
  sort(tests) {
    const isEndToEnd = ({ context }) => (context.config.displayName?.name === 'e2e' ? 1 : 0);
    return super.sort(tests).sort((left, right) => isEndToEnd(right) - isEndToEnd(left));
  }
}

module.exports = SlowestFirst;
