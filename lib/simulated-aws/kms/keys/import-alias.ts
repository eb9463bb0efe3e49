import type { AccountState } from '../../state/account-state';
import { aliasArn } from '../request/key-arn';

/** Gives a key of the account an alias as if it had always had it. */
export function importAlias(account: AccountState, name: string, targetKeyId: string): void {
  const now = account.now();
  account.kms.aliases.set(name, { name, arn: aliasArn(account, name), targetKeyId, createdAt: now, updatedAt: now });
}
