import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rulesPage } from '../lib/audit/rules-table';
import { scannersPage } from '../lib/audit/scanners-page';

const DOCS = join(__dirname, '..', 'docs');

writeFileSync(join(DOCS, 'audit-rules.md'), rulesPage());
writeFileSync(join(DOCS, 'scanners.md'), scannersPage());
