/** One row of a table in so many runs in `npm test`, the others in the thorough tests. */
const EACH = 5;

/** Where a test was defined: the same for all rows of a `test.each`. */
const placeOf = ({ asyncError }) => /\S+\.test\.ts:\d+:\d+/.exec(asyncError.stack)?.[0];

/** Leaves a describe block the tests that are of a share; a test that is no row of a table is sampled as its first. */
function keepShare(block, { isSample }, counts = new Map()) {
  block.children = block.children.filter((child) => {
    if (child.type === 'describeBlock') {
      keepShare(child, { isSample }, counts);
      return child.children.length > 0;
    }
    const place = placeOf(child);
    const index = counts.get(place) ?? 0;
    counts.set(place, index + 1);
    return (index % EACH === 0) === isSample;
  });
}

module.exports = { keepShare };
