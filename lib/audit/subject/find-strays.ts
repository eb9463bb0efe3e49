import type { StackDocument, StackResource } from '../stack/stack-document';
import type { FindCompanions } from './links';

/** What a type is about: the argument that names its target, and the type of that. */
const ABOUT: Readonly<Record<string, { readonly argument: string; readonly target: string }>> = {
  aws_iam_instance_profile: { argument: 'role', target: 'aws_iam_role' },
  aws_iam_role_policy: { argument: 'role', target: 'aws_iam_role' },
  aws_iam_role_policy_attachment: { argument: 'role', target: 'aws_iam_role' },
  aws_kms_alias: { argument: 'target_key_id', target: 'aws_kms_key' },
  aws_kms_key_policy: { argument: 'key_id', target: 'aws_kms_key' },
};

/** The resources that are about something outside the stack; where nobody can tell, the readers of the target say so. */
export function findStrays({ resources }: StackDocument, find: FindCompanions): readonly StackResource[] {
  return resources.filter((resource) => {
    const { type } = resource;
    const about = type.startsWith('aws_s3_bucket_') ? { argument: 'bucket', target: 'aws_s3_bucket' } : ABOUT[type];
    if (about === undefined) return false;
    const targets = resources.filter((one) => one.type === about.target);
    return !targets.some((target) => {
      const { found, doubtful } = find(type, about.argument, target);
      return found.includes(resource) || doubtful.includes(resource);
    });
  });
}
