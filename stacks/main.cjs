'use strict';

require('../lib/load-entry.cjs').loadEntry('stacks/main');
