import { type Capability, grantsOf } from './capabilities';
import { type PolicyDocument, type PolicyStatement, policyDocument } from './document';
import { dnsSuffix } from './resource-names';
import type { PolicyTarget } from './target';

/** The only two KMS calls that S3 makes for a caller who puts and gets; multipart uploads need both. */
export const KEY_USE_ACTIONS = ['kms:Decrypt', 'kms:GenerateDataKey'] as const;

/** With a key of earlier backups, S3 only reads. */
export const FORMER_KEY_USE_ACTIONS = ['kms:Decrypt'] as const;

/**
 * Allows the role in S3 exactly what its capabilities need.
 *
 * `aws:ResourceAccount` is pinned because a bucket's ARN names no account.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function s3IdentityPolicy(target: PolicyTarget, capabilities: readonly Capability[]): PolicyDocument {
  return policyDocument(
    grantsOf(capabilities).map((grant) => ({
      Sid: grant.sid,
      Effect: 'Allow',
      Action: grant.actions,
      Resource: grant.resource(target),
      ...(grant.ownedByAccount && { Condition: { StringEquals: { 'aws:ResourceAccount': target.account } } }),
    })),
  );
}

/** The KMS keys of an environment, each by its ARN or by a Terraform reference to it. */
export interface EnvironmentKeys {
  /** Key of new backups; missing when S3 manages the keys. */
  readonly current?: string;
  /** Keys and methods of earlier backups. */
  readonly former?: readonly string[];
}

/**
 * Allows the role to use the keys only through S3 in this region, and only for this bucket; former keys only to read.
 *
 * With S3 Bucket Keys on, the encryption context that S3 sends names the bucket; with them off it names the object.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
 */
export function kmsIdentityPolicy(target: PolicyTarget, { current, former = [] }: EnvironmentKeys): PolicyDocument {
  const Condition = keyUseCondition(target);
  const allow = (Sid: string, Action: readonly string[], Resource: string | readonly string[]): PolicyStatement => {
    return { Sid, Effect: 'Allow', Action, Resource, Condition };
  };
  return policyDocument([
    ...(current === undefined ? [] : [allow('UseKeyThroughS3', KEY_USE_ACTIONS, current)]),
    ...(former.length === 0 ? [] : [allow('ReadWithFormerKeysThroughS3', FORMER_KEY_USE_ACTIONS, former)]),
  ]);
}

/** The condition under which the role may use the key; the key policy and the role's policy state the same. */
export function keyUseCondition(target: PolicyTarget) {
  return {
    StringEquals: {
      'kms:EncryptionContext:aws:s3:arn': `arn:${target.partition}:s3:::${target.bucket}`,
      'kms:ViaService': `s3.${target.region}.${dnsSuffix(target)}`,
    },
  };
}
