import type { Capability } from './capabilities';
import { type PolicyDocument, type PolicyStatement, policyDocument } from './document';
import { foreignRoleStatements } from './foreign-role';
import { bucketArn, isForeignRole, objectsArn, ownKeysArn } from './resource-names';
import type { PolicyTarget } from './target';

/** How the bucket encrypts; `keyArn` only for a key that exists already, so that the policy stays readable in a plan. */
export type BucketEncryption =
  | { readonly method: 'AES-256' }
  | { readonly method: 'AWS-KMS'; readonly keyArn?: string };

const ALGORITHM = 's3:x-amz-server-side-encryption';
const KEY = 's3:x-amz-server-side-encryption-aws-kms-key-id';
const CUSTOMER_ALGORITHM = 's3:x-amz-server-side-encryption-customer-algorithm';

/**
 * Denies everybody to reach the bucket without TLS 1.2, or to store an object under the wrong encryption.
 *
 * An upload without an encryption header passes, because default encryption then decides: a negated operator is
 * true for an absent key, so each one is joined with `Null: false`. Nothing here denies a configuration call over TLS.
 * A role of another account gets its capabilities here; any other has them in policies of its own.
 *
 * @param kept - statements that stand beside these on purpose, as they are
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function bucketPolicy(
  target: PolicyTarget,
  encryption: BucketEncryption,
  capabilities: readonly Capability[] = [],
  kept: readonly PolicyStatement[] = [],
): PolicyDocument {
  return policyDocument([
    denyAlways(target, 'DenyPlainHttp', { Bool: { 'aws:SecureTransport': 'false' } }),
    denyAlways(target, 'DenyOldTls', { NumericLessThan: { 's3:TlsVersion': '1.2' } }),
    denyPut(target, 'DenyWrongEncryption', {
      StringNotEquals: { [ALGORITHM]: encryption.method === 'AES-256' ? 'AES256' : 'aws:kms' },
      Null: { [ALGORITHM]: 'false' },
    }),
    ...(encryption.method === 'AWS-KMS' ? [denyWrongKey(target, encryption.keyArn)] : []),
    denyPut(target, 'DenyCustomerProvidedKeys', { Null: { [CUSTOMER_ALGORITHM]: 'false' } }),
    ...(isForeignRole(target) ? foreignRoleStatements(target, capabilities) : []),
    ...kept,
  ]);
}

/** A created key has no ARN before apply; keys of other accounts, the ransom route, are known to be wrong even then. */
function denyWrongKey(target: PolicyTarget, keyArn: string | undefined): PolicyStatement {
  const isWrong =
    keyArn === undefined ? { StringNotLike: { [KEY]: ownKeysArn(target) } } : { StringNotEquals: { [KEY]: keyArn } };
  return denyPut(target, 'DenyWrongKey', { ...isWrong, Null: { [KEY]: 'false' } });
}

function denyAlways(
  target: PolicyTarget,
  sid: string,
  condition: PolicyStatement['Condition'] & object,
): PolicyStatement {
  return {
    Sid: sid,
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [bucketArn(target), objectsArn(target)],
    Condition: condition,
  };
}

function denyPut(target: PolicyTarget, sid: string, condition: PolicyStatement['Condition'] & object): PolicyStatement {
  return {
    Sid: sid,
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:PutObject',
    Resource: objectsArn(target),
    Condition: condition,
  };
}
