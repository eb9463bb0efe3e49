import { boundDoubt, failFor } from '../rule-kit/gathered';
import { LIFECYCLE, type LifecycleRule, lifecycleOf, numberAt } from '../rule-kit/lifecycle';
import { doubt, fail, pass } from '../rule-kit/outcome';
import type { Outcome, Rule } from '../rule-kit/rule';
import { takesBackups } from '../rule-kit/uploads';
import type { BucketSubject, ReadArgument } from '../subject/subject';

const NEEDED = [
  { path: 'abort_incomplete_multipart_upload.days_after_initiation', what: 'aborts uploads that were never completed' },
  { path: 'noncurrent_version_expiration.noncurrent_days', what: 'deletes versions that are no longer current' },
];

export const bucketLifecycle: Rule = {
  id: 'bucket-lifecycle',
  title: 'Every bucket clears old versions and unfinished uploads',
  rationale: 'Without it a versioned bucket only grows, and parts of broken uploads are paid for but never seen.',
  reads: `${LIFECYCLE}: rule`,
  remedy:
    'Add an enabled rule for every object with noncurrent_version_expiration and abort_incomplete_multipart_upload.',
  controls: {
    fsbp: ['S3.10', 'S3.13'],
    nist80053r5: ['CP-6(2)', 'CP-9', 'CP-10', 'SC-5(2)'],
    pciDss401: ['3.2.1', '10.5.1'],
  },
  equivalents: {
    checkov: ['CKV2_AWS_61', 'CKV_AWS_300'],
    prowler: ['s3_bucket_lifecycle_enabled'],
    beyond:
      'any lifecycle satisfies scanners; the rule wants old versions and unfinished uploads of every object cleared',
  },
  check: ({ buckets, read }) => buckets.filter(takesBackups).map((bucket) => check(bucket, read)),
};

function check(bucket: BucketSubject, read: ReadArgument): Outcome {
  const at = bucket.companions(LIFECYCLE).found[0]?.address ?? bucket.resource.address;
  const rules = lifecycleOf(bucket, read);
  if (rules.state === 'absent') return fail(at, `there is no ${LIFECYCLE} for it`);
  if (rules.state === 'unknown') return boundDoubt(doubt(at, `the lifecycle is not known: ${rules.because}`));
  const missing = NEEDED.map((one) => ({ ...one, found: stateOf(one.path, rules.value, read) }));
  const absent = missing.filter(({ found }) => found === 'no');
  if (absent.length > 0)
    return failFor(at, [`no enabled rule for every object ${absent.map(({ what }) => what).join(', and none ')}`]);
  if (missing.some(({ found }) => found === 'unknown')) return doubt(at, 'what the rules do is not known');
  return pass(at, NEEDED.map(({ what }) => `a rule ${what}`).join(', '));
}

function stateOf(path: string, rules: readonly LifecycleRule[], read: ReadArgument): 'yes' | 'no' | 'unknown' {
  const states = rules.map((rule) => {
    const days = numberAt(rule, path, read);
    if (days.state === 'absent') return 'no';
    const answers = [days, rule.isEnabled, rule.isUnfiltered];
    if (answers.some((one) => one.state === 'known' && (one.value === false || one.value === 0))) return 'no';
    return answers.every(({ state }) => state === 'known') ? 'yes' : 'unknown';
  });
  if (states.includes('yes')) return 'yes';
  return states.includes('unknown') ? 'unknown' : 'no';
}
