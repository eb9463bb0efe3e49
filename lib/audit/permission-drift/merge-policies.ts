import type { Policy } from '../../iam';
import { type EnvironmentPolicies, findKey, type KeyPolicies } from '../policies/environment-policies';

/**
 * Policies that say what either side says. Nobody is under them: resources, callers and circumstances to try are taken
 * from them, so that both sides are asked the same questions.
 */
export function mergePolicies(before: EnvironmentPolicies, after: EnvironmentPolicies): EnvironmentPolicies {
  const trust = joined(before.role.trust, after.role.trust);
  const bucketPolicy = joined(before.bucket.policy, after.bucket.policy);
  const boundary = joined(before.role.boundary, after.role.boundary);
  const { policy: _bucketPolicy, ...bucket } = after.bucket;
  return {
    ...after,
    role: {
      ...after.role,
      ...(trust && { trust }),
      identity: [...before.role.identity, ...after.role.identity],
      ...(boundary && { boundary }),
    },
    bucket: { ...bucket, ...(bucketPolicy && { policy: bucketPolicy }) },
    ...(after.key && { key: mergeKey(after.key, before) }),
    formerKeys: after.formerKeys.map((key) => mergeKey(key, before)),
  };
}

/** Under either side, the key may be in use, or a former one. */
function mergeKey({ arn, policy: after }: KeyPolicies, before: EnvironmentPolicies): KeyPolicies {
  const policy = joined(findKey(before, arn)?.policy, after);
  return { arn, ...(policy && { policy }) };
}

function joined(before: Policy | undefined, after: Policy | undefined): Policy | undefined {
  if (before === undefined || after === undefined) return before ?? after;
  return { ...after, statements: [...before.statements, ...after.statements] };
}
