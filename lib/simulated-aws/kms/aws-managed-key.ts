import type { AccountState } from '../account-state';
import { aliasArn } from './key-arn';
import { s3KeyPolicyDocument } from './key-policy-documents';
import { newKey } from './new-key';
import type { KmsKey } from './state';

/** Alias of the key that S3 uses when SSE-KMS is asked for without a key. */
export const awsManagedS3KeyAlias = 'alias/aws/s3';

/**
 * The account's AWS managed key for S3; it is made when it is first needed.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-cmk
 */
export function awsManagedS3Key(account: AccountState): KmsKey {
  const { keys, aliases } = account.kms;
  const existing = keys.get(aliases.get(awsManagedS3KeyAlias)?.targetKeyId ?? '');
  return existing ?? createAwsManagedS3Key(account);
}

function createAwsManagedS3Key(account: AccountState): KmsKey {
  const key = newKey(account, {
    manager: 'AWS',
    description: 'Default key that protects my S3 objects when no other key is defined',
    policy: s3KeyPolicyDocument(account),
    rotation: { periodDays: 365, enabledAt: account.now() },
  });
  const now = account.now();
  account.kms.keys.set(key.keyId, key);
  account.kms.aliases.set(awsManagedS3KeyAlias, {
    name: awsManagedS3KeyAlias,
    arn: aliasArn(account, awsManagedS3KeyAlias),
    targetKeyId: key.keyId,
    createdAt: now,
    updatedAt: now,
  });
  return key;
}
