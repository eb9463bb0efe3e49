import { type PolicyDocument, type PolicyStatement, policyDocument } from './document';
import { FORMER_KEY_USE_ACTIONS, KEY_USE_ACTIONS, keyUseCondition } from './identity-policies';
import { accountRootArn, roleArn, roleRootArn } from './resource-names';
import type { PolicyTarget } from './target';

/** Administration of a key without its use: no Decrypt, no Encrypt, no data keys, no grants. */
const KEY_ADMINISTRATION_ACTIONS = [
  'kms:CancelKeyDeletion',
  'kms:CreateAlias',
  'kms:DeleteAlias',
  'kms:DescribeKey',
  'kms:DisableKey',
  'kms:DisableKeyRotation',
  'kms:EnableKey',
  'kms:EnableKeyRotation',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListGrants',
  'kms:ListKeyPolicies',
  'kms:ListKeyRotations',
  'kms:ListResourceTags',
  'kms:PutKeyPolicy',
  'kms:RevokeGrant',
  'kms:RotateKeyOnDemand',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateAlias',
  'kms:UpdateKeyDescription',
] as const;

/** The environment's use of the key that it creates. */
export interface CreatedKeyUse {
  /** Whether new backups are encrypted with it; else it only reads earlier ones. */
  readonly isCurrent: boolean;
  /** While it is protected, AWS refuses to delete it, whatever a configuration says. */
  readonly deletionProtection: boolean;
}

/**
 * Who may administer the key, and who may use it: the account, and the role through S3.
 *
 * The root of an account is the principal of both statements, of the role's in the second: that leaves the decision to
 * IAM, and the role is named by `aws:PrincipalArn`, so the policy survives a role that is deleted and made again.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function keyPolicy(
  target: PolicyTarget,
  { isCurrent, deletionProtection }: CreatedKeyUse = { isCurrent: true, deletionProtection: true },
): PolicyDocument {
  const Principal = { AWS: accountRootArn(target) };
  const Action = [...KEY_ADMINISTRATION_ACTIONS, ...(deletionProtection ? [] : ['kms:ScheduleKeyDeletion'])];
  return policyDocument([
    { Sid: 'AdministerKey', Effect: 'Allow', Principal, Action, Resource: '*' },
    keyUseStatement(target, isCurrent),
  ]);
}

/** Lets the role use the key through S3; a key that has a policy already needs this in it for a role of another account. */
export function keyUseStatement(target: PolicyTarget, isCurrent: boolean): PolicyStatement {
  const { StringEquals } = keyUseCondition(target);
  return {
    Sid: 'UseKeyThroughS3',
    Effect: 'Allow',
    Principal: { AWS: roleRootArn(target) },
    Action: isCurrent ? KEY_USE_ACTIONS : FORMER_KEY_USE_ACTIONS,
    Resource: '*',
    Condition: { StringEquals, ArnEquals: { 'aws:PrincipalArn': roleArn(target) } },
  };
}
