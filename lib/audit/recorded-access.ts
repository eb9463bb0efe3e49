import { type Policy, printPolicy } from '../iam';
import type { RecordedAccess, RecordedPolicy } from './audit-report';
import type { EnvironmentPolicies } from './environment-policies';

/** The policies of an environment as a report keeps them. */
export function recordAccess({ partition, role, bucket, key, declared }: EnvironmentPolicies): RecordedAccess {
  return {
    partition,
    role: {
      arn: role.arn,
      trust: record(role.trust),
      identity: role.identity.map(record),
      ...(role.boundary && { boundary: record(role.boundary) }),
    },
    bucket: {
      name: bucket.name,
      arn: bucket.arn,
      bucketKey: bucket.bucketKey,
      ...(bucket.policy && { policy: record(bucket.policy) }),
    },
    ...(key && { key: { arn: key.arn, ...(key.policy && { policy: record(key.policy) }) } }),
    declared,
  };
}

function record(policy: Policy): RecordedPolicy {
  return { name: policy.name, document: printPolicy(policy) };
}
