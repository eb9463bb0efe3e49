import { lockOuts as findLockOuts } from '../deployer/lock-outs';
import { parsePolicy } from '../iam';
import type { PolicyDocument } from '../policy/document';
import { bucketArn } from '../policy/resource-names';
import type { PolicyTarget } from '../policy/target';

/** The resource policies of one environment; the key's only when it is created here. */
export interface ResourcePolicies {
  readonly bucketPolicy: PolicyDocument;
  readonly keyPolicy?: PolicyDocument;
}

/** Calls that an administrator of the account could no longer make once these policies are in force; there should be none. */
export function lockOuts(target: PolicyTarget, { bucketPolicy, keyPolicy }: ResourcePolicies): readonly string[] {
  return findLockOuts({
    ...target,
    bucketArn: bucketArn(target),
    bucket: parsePolicy(bucketPolicy, 'bucket policy'),
    ...(keyPolicy && { key: parsePolicy(keyPolicy, 'key policy') }),
  });
}
