const { AsyncLocalStorage } = require('node:async_hooks');

/*
 * jest-circus keeps the running test in a store, one for each file of tests, and never ends it: Node 20 and 22 tell each
 * of them of every promise of the worker, the hundredth file's a hundred times.
 */
const { run } = AsyncLocalStorage.prototype;
const running = new Set();

AsyncLocalStorage.prototype.run = function (...given) {
  running.add(this);
  return run.apply(this, given);
};

/** Ends the stores that were used since the last call. */
function endStores() {
  for (const store of running) store.disable();
  running.clear();
}

module.exports = { endStores };
