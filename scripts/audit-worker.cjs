'use strict';

require('tsx/cjs');
require('./audit-worker.ts');
