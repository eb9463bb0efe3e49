/** One row of a table in so many runs in `npm test`, the others in the thorough tests. */
const EACH = 10;

/** Where a test was defined: the same for all rows of a `test.each`. */
const placeOf = ({ asyncError }) => /\S+\.test\.ts:\d+:\d+/.exec(asyncError.stack)?.[0];

/**
 * Leaves a describe block the tests that are of a share.
 *
 * @param areAllRows - whether each test counts as a row; else one that is no row of a table is of the sample
 */
function keepShare(block, { isSample, areAllRows }, counts = new Map()) {
  block.children = block.children.filter((child) => {
    if (child.type === 'describeBlock') {
      keepShare(child, { isSample, areAllRows }, counts);
      return child.children.length > 0;
    }
    const table = areAllRows ? 'the file' : placeOf(child);
    const index = counts.get(table) ?? 0;
    counts.set(table, index + 1);
    return (index % EACH === 0) === isSample;
  });
}

module.exports = { keepShare };
