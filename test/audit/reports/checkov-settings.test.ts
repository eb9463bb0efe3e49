import type { AuditReport, Finding } from '../../../lib/audit/report/audit-report';
import { CHECKOV_SETTINGS_HEAD, checkovSettings } from '../../../lib/audit/reports/checkov-settings';
import { EXAMPLE_REPORT, FINDINGS } from './example-report';

const RESOURCE = 'aws_s3_bucket.backup';
const WAIVER = { reason: 'One Region\nby law', owner: 'jane', expires: '2027-01-31', source: 'file' } as const;

function settingsOf(findings: readonly Partial<Finding>[]): readonly string[] {
  const [first] = FINDINGS;
  const resources = [{ address: RESOURCE }] as unknown as AuditReport['resources'];
  const report: AuditReport = {
    ...EXAMPLE_REPORT,
    resources,
    findings: findings.map((one) => ({ ...(first as Finding), resource: RESOURCE, ...one })),
  };
  const [head, , ...lines] = checkovSettings(report).split('\n');
  expect(head).toBe(CHECKOV_SETTINGS_HEAD);
  return lines.slice(2, -1);
}

const replication = { rule: 'bucket-replication', equivalents: { checkov: ['CKV_AWS_144'] }, detail: 'no copy' };

test.each<[string, Partial<Finding>, string]>([
  ['inherited', { result: 'inherited' }, '# bucket-replication, inherited: no copy'],
  ['not applicable', { result: 'not-applicable' }, '# bucket-replication, not-applicable: no copy'],
  [
    'waived, until its last day',
    { result: 'fail', waiver: WAIVER },
    '# bucket-replication, waived until 2027-01-31 by jane: One Region by law',
  ],
])('a check is skipped with the reason where the finding is %s', (_, finding, comment) => {
  expect(settingsOf([{ ...replication, ...finding }])).toEqual(['skip-check:', `  ${comment}`, '  - CKV_AWS_144']);
});

test.each<[string, readonly Partial<Finding>[]]>([
  ['a rule that passes', [{ ...replication, result: 'pass' }]],
  ['a rule that fails', [{ ...replication, result: 'fail' }]],
  ['a rule with a doubt', [{ ...replication, result: 'unknown' }]],
  [
    'a rule that one bucket fails and another inherits',
    [
      { ...replication, result: 'inherited' },
      { ...replication, result: 'fail' },
    ],
  ],
  ['a resource outside the stack', [{ ...replication, result: 'inherited', resource: 'the account' }]],
  ['a rule without a checkov check', [{ rule: 'x', result: 'inherited' }]],
])('no check is skipped for %s', (_, findings) => {
  expect(settingsOf(findings)).toEqual([]);
});
