import { accountOf } from '../arn';
import type { PolicyTarget } from './target';

/** Everything that verification writes lies under this prefix of the bucket. */
export const VERIFICATION_PREFIX = 'vault-env-verification/';

/** Name shared by the role and its instance profile; at most 64 characters for a name of 40. */
export function roleName({ name, roleName: given }: PolicyTarget): string {
  return given ?? `vault-backup-${name}`;
}

/** ARN of the role that Vault works with: the host's, where it has one already. */
export function roleArn(target: PolicyTarget): string {
  return target.host?.role ?? ownRoleArn(target);
}

/** The account that the role is of: the environment's, unless the host has a role of another account. */
export function roleAccount(target: PolicyTarget): string {
  return accountOf(roleArn(target));
}

/** Whether whoever owns the role is another account, so that bucket and key have to let it in by themselves. */
export function isForeignRole(target: PolicyTarget): boolean {
  return roleAccount(target) !== target.account;
}

function ownRoleArn(target: PolicyTarget): string {
  return `arn:${target.partition}:iam::${target.account}:role${target.rolePath}${roleName(target)}`;
}

export function instanceProfileArn(target: PolicyTarget): string {
  return `arn:${target.partition}:iam::${target.account}:instance-profile${target.rolePath}${roleName(target)}`;
}

/** ARN of the managed policy that carries the permissions in S3, or with the key. */
export function policyArn(target: PolicyTarget, service: 's3' | 'kms'): string {
  return `arn:${target.partition}:iam::${target.account}:policy${target.rolePath}${roleName(target)}-${service}`;
}

export function accountRootArn({ partition, account }: PolicyTarget): string {
  return `arn:${partition}:iam::${account}:root`;
}

/** The root of the account that the role is of. */
export function roleRootArn(target: PolicyTarget): string {
  return accountRootArn({ ...target, account: roleAccount(target) });
}

export function bucketArn({ partition, bucket }: PolicyTarget): string {
  return `arn:${partition}:s3:::${bucket}`;
}

/** ARN of the objects whose key starts with `prefix`; all of them when it is left out. */
export function objectsArn(target: PolicyTarget, prefix = ''): string {
  return `${bucketArn(target)}/${prefix}*`;
}

/** ARN pattern of every key of the account in the bucket's region. */
export function ownKeysArn({ partition, region, account }: PolicyTarget): string {
  return `arn:${partition}:kms:${region}:${account}:key/*`;
}

const DNS_SUFFIX: Readonly<Record<string, string>> = {
  aws: 'amazonaws.com',
  'aws-us-gov': 'amazonaws.com',
  'aws-cn': 'amazonaws.com.cn',
};

/**
 * The DNS suffix of the partition's service endpoints.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/rande.html
 */
export function dnsSuffix({ partition }: Pick<PolicyTarget, 'partition'>): string {
  const suffix = DNS_SUFFIX[partition];
  if (suffix === undefined) throw new Error(`no DNS suffix is known for the partition '${partition}'`);
  return suffix;
}
