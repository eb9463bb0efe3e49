#!/usr/bin/env node
'use strict';

require('tsx/cjs');
const { run } = require('../lib/cli/run.ts');
const { main } = require('./main.ts');

run(main);
