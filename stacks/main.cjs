'use strict';

const { loadEntry, tryLoadPart } = require('../lib/load-entry.cjs');

(tryLoadPart('stacks') ?? loadEntry)('stacks/main');
