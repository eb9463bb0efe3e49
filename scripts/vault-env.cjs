#!/usr/bin/env node
'use strict';

try {
  require('tsx/cjs');
} catch {
  process.stderr.write('error (NotInstalled): the dependencies of vault-env must be installed\nRun npm ci first\n');
  process.exit(2);
}

const { run } = require('../lib/cli/run.ts');
const { main } = require('./main.ts');

run(main);
