'use strict';

require('../lib/load-entry.cjs').loadEntry('scripts/audit-worker');
