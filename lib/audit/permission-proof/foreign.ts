import { accountOf } from '../../arn';
import type { EnvironmentPolicies } from '../policies/environment-policies';

const FOREIGN_ACCOUNTS = ['999999999999', '888888888888'] as const;
const THIRD = '777777777777';

/** An account that is neither the environment's nor that of its role. */
export function foreignAccountOf({
  account,
  role,
}: Pick<EnvironmentPolicies, 'account'> & { readonly role?: { readonly arn: string } }): string {
  const taken = [account, role && accountOf(role.arn)];
  return FOREIGN_ACCOUNTS.find((one) => !taken.includes(one)) ?? THIRD;
}

const OTHER_REGIONS: Readonly<Record<string, readonly [string, string]>> = {
  aws: ['eu-west-1', 'us-west-2'],
  'aws-us-gov': ['us-gov-east-1', 'us-gov-west-1'],
  'aws-cn': ['cn-north-1', 'cn-northwest-1'],
};

/** A region of the same partition that is not the environment's. */
export function otherRegionOf({ partition, region }: EnvironmentPolicies): string {
  const [first, second] = OTHER_REGIONS[partition] ?? ['other-region-1', 'other-region-2'];
  return first === region ? second : first;
}

export function otherKeyArn(
  { partition }: EnvironmentPolicies,
  { account, region }: { readonly account: string; readonly region: string },
): string {
  return `arn:${partition}:kms:${region}:${account}:key/99999999-9999-4999-8999-999999999999`;
}

/** The value of `kms:ViaService` when S3 calls. @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html */
export function s3Service({ partition }: EnvironmentPolicies, region: string): string {
  return `s3.${region}.${dnsSuffix(partition)}`;
}

export function ec2Service({ partition }: EnvironmentPolicies): string {
  return `ec2.${dnsSuffix(partition)}`;
}

/** @see https://docs.aws.amazon.com/general/latest/gr/rande.html */
function dnsSuffix(partition: string): string {
  return partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
}
