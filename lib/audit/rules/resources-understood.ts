import { doubt, pass } from '../rule/outcome';
import type { Rule } from '../rule/rule';

/** What rules or readers look at, and what has no say about access to backups. */
const UNDERSTOOD: ReadonlySet<string> = new Set([
  'aws_accessanalyzer_analyzer',
  'aws_iam_access_key',
  'aws_iam_instance_profile',
  'aws_iam_policy',
  'aws_iam_policy_attachment',
  'aws_iam_role',
  'aws_iam_role_policy',
  'aws_iam_role_policy_attachment',
  'aws_iam_user',
  'aws_iam_user_login_profile',
  'aws_iam_user_policy',
  'aws_iam_user_policy_attachment',
  'aws_instance',
  'aws_kms_alias',
  'aws_kms_key',
  'aws_kms_key_policy',
  'aws_launch_template',
  'aws_s3_account_public_access_block',
  'aws_s3_bucket',
  'aws_s3_bucket_lifecycle_configuration',
  'aws_s3_bucket_logging',
  'aws_s3_bucket_notification',
  'aws_s3_bucket_object_lock_configuration',
  'aws_s3_bucket_ownership_controls',
  'aws_s3_bucket_policy',
  'aws_s3_bucket_public_access_block',
  'aws_s3_bucket_server_side_encryption_configuration',
  'aws_s3_bucket_versioning',
]);

export const resourcesUnderstood: Rule = {
  id: 'resources-understood',
  title: 'Every resource is of a type that the audit knows',
  rationale: 'A resource that nobody looked at may grant access in a way that no rule asks about.',
  reads: 'the type of every resource',
  remedy: 'Look at the resource yourself, then waive the finding; or keep it in a stack of its own.',
  controls: { nist80053r5: ['CM-8'] },
  check: ({ stack }) => {
    const strangers = stack.resources.filter(({ type }) => !UNDERSTOOD.has(type));
    if (strangers.length === 0) return [pass('stack', `${stack.resources.length} resources, each of a known type`)];
    return strangers.map(({ address, type }) => doubt(address, `what ${type} gives access to is not known here`));
  },
};
