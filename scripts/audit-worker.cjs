'use strict';

const { loadEntry, tryLoadPart } = require('../lib/load-entry.cjs');

(tryLoadPart('audit') ?? loadEntry)('scripts/audit-worker');
