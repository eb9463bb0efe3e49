import type { AccountState } from '../../state/account-state';
import type { KmsAlias } from '../../state/services/kms-state';
import { aliasArn } from '../request/key-arn';
import { s3KeyPolicyDocument } from './key-policy-documents';
import { newKey } from './new-key';

const ALIAS = 'alias/aws/s3';

/**
 * Makes the account's AWS managed key for S3, when this is what the identifier names and it is not there yet.
 *
 * @param identifier `alias/aws/s3` or its ARN; anything else makes nothing
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-cmk
 */
export function ensureAwsManagedKey(account: AccountState, identifier: string): void {
  const isMeant = identifier === ALIAS || identifier === aliasArn(account, ALIAS);
  if (isMeant && !account.kms.aliases.has(ALIAS)) {
    createAwsManagedS3Key(account);
  }
}

/**
 * Aliases that AWS has made, of keys that do not exist until they are first used.
 *
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ListAliases.html
 */
export function predefinedAliases(account: AccountState): readonly Pick<KmsAlias, 'name' | 'arn'>[] {
  return account.kms.aliases.has(ALIAS) ? [] : [{ name: ALIAS, arn: aliasArn(account, ALIAS) }];
}

function createAwsManagedS3Key(account: AccountState): void {
  const key = newKey(account, {
    manager: 'AWS',
    description: 'Default key that protects my S3 objects when no other key is defined',
    policy: s3KeyPolicyDocument(account),
    rotation: { periodDays: 365, enabledAt: account.now() },
  });
  const now = account.now();
  account.kms.keys.set(key.keyId, key);
  account.kms.aliases.set(ALIAS, {
    name: ALIAS,
    arn: aliasArn(account, ALIAS),
    targetKeyId: key.keyId,
    createdAt: now,
    updatedAt: now,
  });
}
