import { ToolkitError } from '../../errors';
import type { StackDocument } from '../stack/stack-document';

/** Types that give access in a way that is not read here. */
const UNREAD_TYPES: ReadonlySet<string> = new Set([
  'aws_iam_access_key',
  'aws_iam_group_policy',
  'aws_iam_group_policy_attachment',
  'aws_iam_policy_attachment',
  'aws_iam_user',
  'aws_iam_user_policy',
  'aws_iam_user_policy_attachment',
  'aws_kms_grant',
  'aws_kms_replica_key',
  'aws_s3_access_point',
  'aws_s3_bucket_acl',
  'aws_s3control_access_grant',
  'aws_s3control_access_point_policy',
  'aws_s3control_multi_region_access_point',
]);

/** Arguments that give access in a way that is not read here, by type. */
const UNREAD_ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  aws_iam_role: ['inline_policy', 'managed_policy_arns'],
  aws_s3_bucket: ['acl', 'grant', 'policy'],
};

/**
 * Refuses a stack that gives access through something that would be overlooked.
 *
 * @throws {ToolkitError} `UnsupportedPolicySource`, naming the address and the argument
 */
export function requireOnlyReadablePolicies({ resources, hasDataSources }: StackDocument): void {
  if (hasDataSources) throw unsupported("'data'", 'a stack with data sources, which only AWS can answer');
  for (const { address, type, arguments: given } of resources) {
    if (UNREAD_TYPES.has(type)) throw unsupported(`'${address}'`, type);
    const argument = UNREAD_ARGUMENTS[type]?.find((name) => (given[name] ?? undefined) !== undefined);
    if (argument !== undefined) throw unsupported(`'${address}' argument '${argument}'`, argument);
    for (const repeated of ['count', 'for_each']) {
      if (given[repeated] !== undefined) throw unsupported(`'${address}' argument '${repeated}'`, repeated);
    }
  }
}

function unsupported(subject: string, got: string): ToolkitError {
  return new ToolkitError(
    'UnsupportedPolicySource',
    `${subject} must not give access besides the policies of role, bucket and key, got: ${got}`,
  );
}
