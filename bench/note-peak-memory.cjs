// Loaded into every process of a measured command.
const { appendFileSync } = require('node:fs');
const { join } = require('node:path');
const { isMainThread } = require('node:worker_threads');

if (isMainThread) {
  process.on('exit', () =>
    appendFileSync(join(process.env.BENCH_NOTES, 'peaks'), `${process.resourceUsage().maxRSS}\n`),
  );
}
