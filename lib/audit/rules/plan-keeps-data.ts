import { fail, notApplicable, pass } from '../rule/outcome';
import type { Rule } from '../rule/rule';

/** What holds data, or what data cannot be read without. */
const KEEPING: ReadonlySet<string> = new Set([
  'aws_s3_bucket',
  'aws_kms_key',
  'aws_s3_bucket_versioning',
  'aws_s3_bucket_object_lock_configuration',
]);

export const planKeepsData: Rule = {
  id: 'plan-keeps-data',
  title: 'The plan destroys neither a bucket nor a key',
  rationale: 'A replaced bucket is an empty one, and a replaced key leaves every older object unreadable.',
  reads: 'plan: the actions on buckets, keys, versioning and Object Lock',
  remedy: 'Find out which argument forces the replacement, and take the change back.',
  controls: { fsbp: ['KMS.3'], nist80053r5: ['CM-3', 'CP-9', 'SC-12'] },
  check: ({ stack }) => {
    if (stack.source === 'synthesized-stack') return [notApplicable('plan', 'there is no plan; name one with --plan')];
    const destroyed = stack.changes.filter(
      ({ type, actions }) => KEEPING.has(type) && actions.some((one) => one === 'delete' || one === 'forget'),
    );
    if (destroyed.length === 0) return [pass('plan', 'nothing that holds data is destroyed')];
    return destroyed.map(({ address, actions }) => fail(address, `the plan would ${actions.join(' and ')} it`));
  },
};
