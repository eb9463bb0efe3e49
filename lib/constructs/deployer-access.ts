import { type AccessRequest, evaluate, type Policy, parsePolicy } from '../iam';
import type { PolicyDocument } from '../policy/document';
import { accountRootArn, bucketArn } from '../policy/resource-names';
import type { PolicyTarget } from '../policy/target';

/** The resource policies of one environment; the key's only when it is created here. */
export interface ResourcePolicies {
  readonly bucketPolicy: PolicyDocument;
  readonly keyPolicy?: PolicyDocument;
}

/** What Terraform's AWS provider asks S3 for when it creates, reads, changes and destroys this bucket. */
const BUCKET_ACTIONS = [
  's3:CreateBucket',
  's3:DeleteBucket',
  's3:DeleteBucketPolicy',
  's3:GetAccelerateConfiguration',
  's3:GetBucketAcl',
  's3:GetBucketCORS',
  's3:GetBucketLogging',
  's3:GetBucketObjectLockConfiguration',
  's3:GetBucketOwnershipControls',
  's3:GetBucketPolicy',
  's3:GetBucketPublicAccessBlock',
  's3:GetBucketRequestPayment',
  's3:GetBucketTagging',
  's3:GetBucketVersioning',
  's3:GetBucketWebsite',
  's3:GetEncryptionConfiguration',
  's3:GetLifecycleConfiguration',
  's3:GetReplicationConfiguration',
  's3:ListBucket',
  's3:ListTagsForResource',
  's3:PutBucketLogging',
  's3:PutBucketObjectLockConfiguration',
  's3:PutBucketOwnershipControls',
  's3:PutBucketPolicy',
  's3:PutBucketPublicAccessBlock',
  's3:PutBucketTagging',
  's3:PutBucketVersioning',
  's3:PutEncryptionConfiguration',
  's3:PutLifecycleConfiguration',
  's3:TagResource',
  's3:UntagResource',
] as const;

/** The same for this key and its alias. */
const KEY_ACTIONS = [
  'kms:CreateAlias',
  'kms:DeleteAlias',
  'kms:DescribeKey',
  'kms:DisableKeyRotation',
  'kms:EnableKeyRotation',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListResourceTags',
  'kms:PutKeyPolicy',
  'kms:ScheduleKeyDeletion',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateAlias',
  'kms:UpdateKeyDescription',
] as const;

const ADMINISTRATOR = parsePolicy(
  { Version: '2012-10-17', Statement: [{ Sid: 'Everything', Effect: 'Allow', Action: '*', Resource: '*' }] },
  'administrator',
);

/**
 * What an administrator of the account could no longer do over TLS once these policies are in force; none is right.
 *
 * A resource policy that locks out its own deployer can only be mended by the account's root user.
 */
export function lockOuts(target: PolicyTarget, policies: ResourcePolicies): readonly string[] {
  const bucket = parsePolicy(policies.bucketPolicy, 'bucket policy');
  const key = policies.keyPolicy && parsePolicy(policies.keyPolicy, 'key policy');
  return [
    ...BUCKET_ACTIONS.flatMap((action) => lockOut(request(target, action, bucketArn(target)), { resource: bucket })),
    ...(key ? KEY_ACTIONS.flatMap((action) => lockOut(keyRequest(target, action), { key })) : []),
  ];
}

function keyRequest(target: PolicyTarget, action: string): AccessRequest {
  return request(target, action, `arn:${target.partition}:kms:${target.region}:${target.account}:key/created`);
}

function request(target: PolicyTarget, action: string, resource: string): AccessRequest {
  const arn = accountRootArn(target).replace(':root', ':user/deployer');
  return {
    principal: { kind: 'user', account: target.account, arn, userId: 'AIDADEPLOYER' },
    action,
    resource,
    resourceAccount: target.account,
    context: {
      'aws:SecureTransport': 'true',
      'aws:PrincipalArn': arn,
      'aws:PrincipalAccount': target.account,
      'aws:ResourceAccount': target.account,
      's3:TlsVersion': '1.2',
    },
  };
}

function lockOut(asked: AccessRequest, policies: { readonly resource?: Policy; readonly key?: Policy }) {
  const decision = evaluate(asked, { identity: [ADMINISTRATOR], ...policies });
  if (decision.result === 'allowed') return [];
  const reason =
    decision.result === 'explicitly-denied'
      ? decision.by.map(({ policy, statement }) => `${statement} of the ${policy}`).join(', ')
      : `no statement of the ${policies.key ? 'key' : 'bucket'} policy allows it`;
  return [`the policies would keep the account's administrators from ${asked.action}: ${reason}`];
}
