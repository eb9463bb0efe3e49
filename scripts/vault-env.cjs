#!/usr/bin/env node
'use strict';

require('../lib/hold-signals.cjs');
require('../lib/quiet-sdk.cjs');

const { existsSync } = require('node:fs');
const { join } = require('node:path');

// In a checkout it is where npm puts it, which takes a look; elsewhere Node searches, which takes longer.
try {
  if (!existsSync(join(__dirname, '..', 'node_modules', 'yargs'))) require.resolve('yargs');
} catch {
  process.stderr.write('error (NotInstalled): the dependencies of vault-env must be installed\nRun npm ci first\n');
  process.exit(2);
}

const { loadEntry, tryLoadPart } = require('../lib/load-entry.cjs');

const words = process.argv.slice(2);
const own = words[0] === 'audit' ? 1 : 0;
const part = tryLoadPart(own === 1 ? 'audit' : 'frame');
const load = part === undefined || words.slice(own).some(part('scripts/main').isVerb) ? loadEntry : part;

load('lib/cli/run').run(load('scripts/main').main);
