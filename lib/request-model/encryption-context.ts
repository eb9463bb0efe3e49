import type { Context } from './question';
import { arnOf, type Target } from './target';

/** Name-value pairs that KMS binds a data key to. */
export type EncryptionContext = Readonly<Record<string, string>>;

/**
 * The encryption context that S3 sends: the bucket's ARN with an S3 Bucket Key, the object's without, and what the
 * caller added.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html#encryption-context
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html
 */
export function s3EncryptionContext(
  {
    isBucketKeyEnabled,
    callerContext,
  }: { readonly isBucketKeyEnabled: boolean; readonly callerContext?: EncryptionContext },
  { key, ...rest }: Target,
  partition: string,
): EncryptionContext {
  const bound = isBucketKeyEnabled || key === undefined ? rest : { ...rest, key };
  return { ...callerContext, 'aws:s3:arn': arnOf(bound, partition) };
}

/**
 * The condition keys of a cryptographic operation with a symmetric key.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
 */
export function cryptographicContext(encryptionContext: EncryptionContext): Context {
  const pairs = Object.entries(encryptionContext);
  return {
    'kms:EncryptionAlgorithm': 'SYMMETRIC_DEFAULT',
    ...(pairs.length === 0 ? {} : { 'kms:EncryptionContextKeys': pairs.map(([name]) => name) }),
    ...Object.fromEntries(pairs.map(([name, value]) => [`kms:EncryptionContext:${name}`, value])),
  };
}
