import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rulesPage } from '../lib/audit/rules-table';

writeFileSync(join(__dirname, '..', 'docs', 'audit-rules.md'), rulesPage());
