import { parseInput } from '../../lib/audit/stack/parse-input';
import { type Catalogue, loadServices } from '../../lib/catalogue';
import type { Environment } from '../../lib/config/environment';
import { EXAMPLES, loadExample, synthesizeStack } from '../support/synthesize';
import { findingsBy } from './one-rule';

let catalogue: Catalogue;

beforeAll(async () => {
  catalogue = await loadServices(['ec2', 'iam', 'kms', 's3', 'sts']);
});

function judged(edit: Partial<Environment>) {
  const { text } = synthesizeStack({ ...loadExample(EXAMPLES, 'aws-kms'), ...edit });
  return findingsBy('within-limits', parseInput(text, 'x.json'), catalogue);
}

const LOCK = { mode: 'GOVERNANCE', retentionDays: 30, ended: false } as const;

test.each<[string, Partial<Environment>, readonly string[]]>([
  ['the example as it is', {}, []],
  ['six days of old versions', { noncurrentVersionDays: 6 }, ['versionDays']],
  ['six days, where the file says so', { noncurrentVersionDays: 6, limits: { versionDays: 6 } }, []],
  ['fewer days than the file asks for', { limits: { versionDays: 31 } }, ['versionDays']],
  ['a rotation that is too rare for the file', { limits: { rotationDays: 180 } }, ['rotationDays']],
  ['a rotation as rare as the file allows', { limits: { rotationDays: 365 } }, []],
  ['no lock, where the file asks for one', { limits: { lockDays: 30 } }, ['lockDays']],
  ['a lock that is long enough', { objectLock: LOCK, limits: { lockDays: 30 } }, []],
  ['a lock that is too short', { objectLock: LOCK, limits: { lockDays: 31 } }, ['lockDays']],
])('%s is judged by the figures of the environment', (_, edit, wrong) => {
  const failed = judged(edit).filter(({ result }) => result !== 'pass');
  expect(failed.map(({ id }) => id.slice(id.lastIndexOf('/') + 1))).toEqual(wrong);
});

test('the report shows each figure, and where it comes from', () => {
  const shown = judged({ limits: { versionDays: 14 } }).map(({ evidence }) => evidence[0]?.value);
  expect(shown).toEqual([
    '14, by output.audit_limits',
    '0, as the environment file says no other',
    '365, as the environment file says no other',
    '1, as the environment file says no other',
  ]);
});
