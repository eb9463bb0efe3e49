import { type Policy, printPolicy } from '../../iam';
import type { EnvironmentPolicies, KeyPolicies } from '../policies/environment-policies';
import type { RecordedAccess, RecordedKey, RecordedPolicy } from './audit-report';

/** The policies of an environment as a report keeps them. */
export function recordAccess({
  partition,
  role,
  bucket,
  key,
  formerKeys,
  declared,
}: EnvironmentPolicies): RecordedAccess {
  const { capabilities, method, host } = declared;
  return {
    partition,
    role: {
      arn: role.arn,
      ...(role.trust && { trust: record(role.trust) }),
      identity: role.identity.map(record),
      ...(role.boundary && { boundary: record(role.boundary) }),
    },
    bucket: {
      name: bucket.name,
      arn: bucket.arn,
      bucketKey: bucket.bucketKey,
      ...(bucket.policy && { policy: record(bucket.policy) }),
    },
    ...(key && { key: recordKey(key) }),
    ...(formerKeys.length > 0 && { formerKeys: formerKeys.map(recordKey) }),
    declared: { capabilities, method, ...(host.kind !== 'ec2' && { host }) },
  };
}

function recordKey({ arn, policy }: KeyPolicies): RecordedKey {
  return { arn, ...(policy && { policy: record(policy) }) };
}

function record(policy: Policy): RecordedPolicy {
  return { name: policy.name, document: printPolicy(policy) };
}
