import { isDeepStrictEqual } from 'node:util';
import type { Policy } from '../../iam';
import type { EnvironmentPolicies, KeyPolicies } from '../policies/environment-policies';

/** Whether two sets of policies are about the same things and say the same of them; policies may go by other names. */
export function saySame(before: EnvironmentPolicies, after: EnvironmentPolicies): boolean {
  return isDeepStrictEqual(saidBy(before), saidBy(after));
}

function saidBy({ partition, account, region, role, bucket, key, formerKeys }: EnvironmentPolicies) {
  const { arn, trust, identity, boundary } = role;
  return {
    names: [partition, account, region, arn, bucket.arn],
    role: [trust, boundary, ...identity].map(unnamed),
    bucket: unnamed(bucket.policy),
    key: key && saidOfKey(key),
    formerKeys: formerKeys.map(saidOfKey),
  };
}

function saidOfKey({ arn, policy }: KeyPolicies) {
  return { arn, policy: unnamed(policy) };
}

function unnamed(policy: Policy | undefined) {
  return policy && { ...policy, name: undefined };
}
