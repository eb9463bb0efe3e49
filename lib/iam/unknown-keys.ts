import type { Policy } from './types';

const taken = new WeakMap<Policy, Policy>();

/**
 * The policy as IAM takes it, which says nothing of a condition key that there is not: no request ever has it.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function takingUnknownKeys(policy: Policy): Policy {
  const known = taken.get(policy) ?? { ...policy, takesUnknownKeys: true };
  taken.set(policy, known);
  return known;
}
