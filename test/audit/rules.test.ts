import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RULES } from '../../lib/audit/rules';
import { rulesPage } from '../../lib/audit/rules-table';
import { scannersPage } from '../../lib/audit/scanners-page';

test.each([
  ['audit-rules.md', rulesPage],
  ['scanners.md', scannersPage],
])('docs/%s is in step with the rules; npm run rules writes it', (page, write) => {
  expect(readFileSync(join(__dirname, '..', '..', 'docs', page), 'utf8')).toBe(write());
});

test('every rule has an id of its own and everything a report needs', () => {
  expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
  const silent = RULES.filter(({ title, rationale, reads, remedy }) =>
    [title, rationale, reads, remedy].some((text) => text === ''),
  );
  expect(silent).toEqual([]);
});

/** The controls that a backup environment has to answer, by catalogue. */
test.each([
  [
    'fsbp',
    'S3.1 S3.2 S3.3 S3.5 S3.6 S3.7 S3.8 S3.9 S3.10 S3.11 S3.12 S3.13 S3.14 S3.15 S3.17 S3.19 S3.20 S3.22 S3.23 ' +
      'KMS.1 KMS.2 KMS.3 KMS.4 KMS.5 IAM.1 IAM.2 IAM.3 IAM.21 IAM.24 EC2.8',
  ],
  ['cisV3', '2.1.1 2.1.2 2.1.4 3.6 3.8 3.9 1.14 1.15 1.16 1.18 1.20 5.6'],
  ['cisV5', '2.1.1 2.1.2 2.1.4 3.6 3.8 3.9 1.13 1.14 1.15 1.17 1.19 5.7'],
  ['pciDss401', '1.4.4 4.2.1 10.2.1 3.2.1 10.5.1 3.5.1 3.5.1.1 3.6.1.2 3.6.1.3 3.6.1.4 3.7.4 8.3.9 8.6.3 2.2.6'],
] as const)('every control of %s is answered by a rule', (catalogue, ids) => {
  const answered = new Set(RULES.flatMap(({ controls }) => controls[catalogue] ?? []));
  expect(ids.split(' ').filter((id) => !answered.has(id))).toEqual([]);
});
