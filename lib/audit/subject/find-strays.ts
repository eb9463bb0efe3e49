import { accountOf, nameOf } from '../../arn';
import type { Declaration } from '../policies/stack-policies';
import type { Answer } from '../stack/answer';
import type { StackDocument, StackResource } from '../stack/stack-document';
import type { FindCompanions } from './links';
import type { ReadArgument } from './subject';

/** The target of a type: the argument that names it, and the type of the target. */
const ABOUT: Readonly<Record<string, { readonly argument: string; readonly target: string }>> = {
  aws_iam_instance_profile: { argument: 'role', target: 'aws_iam_role' },
  aws_iam_role_policies_exclusive: { argument: 'role_name', target: 'aws_iam_role' },
  aws_iam_role_policy: { argument: 'role', target: 'aws_iam_role' },
  aws_iam_role_policy_attachment: { argument: 'role', target: 'aws_iam_role' },
  aws_iam_role_policy_attachments_exclusive: { argument: 'role_name', target: 'aws_iam_role' },
  aws_kms_alias: { argument: 'target_key_id', target: 'aws_kms_key' },
  aws_kms_key_policy: { argument: 'key_id', target: 'aws_kms_key' },
};

/** The resources that are about something outside the stack; where nobody can tell, the readers of the target say so. */
export function findStrays(
  { resources }: StackDocument,
  { find, read }: { readonly find: FindCompanions; readonly read: ReadArgument },
  declaration: Answer<Declaration>,
  account: string | undefined,
): readonly StackResource[] {
  const existing = existingRoleName(declaration, account);
  return resources.filter((resource) => {
    const { type } = resource;
    if (existing !== undefined && ABOUT[type]?.target === 'aws_iam_role') {
      const role = read(resource, 'role');
      if (role.state === 'known' && role.value === existing) return false;
    }
    const about = type.startsWith('aws_s3_bucket_') ? { argument: 'bucket', target: 'aws_s3_bucket' } : ABOUT[type];
    if (about === undefined) return false;
    const targets = resources.filter((one) => one.type === about.target);
    return !targets.some((target) => {
      const { found, doubtful } = find(type, about.argument, target);
      return found.includes(resource) || doubtful.includes(resource);
    });
  });
}

/** A role of the account that exists already may get policies from the stack, by its name. */
function existingRoleName(declaration: Answer<Declaration>, account: string | undefined): string | undefined {
  if (declaration.state !== 'known' || declaration.value.host.kind !== 'existing-role') return undefined;
  const { roleArn } = declaration.value.host;
  if (account !== undefined && accountOf(roleArn) !== account) return undefined;
  return nameOf(roleArn);
}
