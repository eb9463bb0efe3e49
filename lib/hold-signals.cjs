'use strict';

// A stop that comes while a command loads would end it without a word: held, it waits for the listeners of the run, which
// are there by the time that Node can tell of it.
for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM']) process.on(signal, () => undefined);
