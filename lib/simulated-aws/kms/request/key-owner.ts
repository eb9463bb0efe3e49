import type { AccountState } from '../../state/account-state';
import type { KmsKey } from '../../state/services/kms-state';
import { parseKmsArn } from './key-arn';

/** The account that a key is in, which may be another than the caller's. */
export function ownerOf(account: AccountState, { arn }: Pick<KmsKey, 'arn'>): AccountState {
  const accountId = parseKmsArn(arn)?.accountId ?? account.accountId;
  return accountId === account.accountId ? account : (account.accounts.find(accountId, account.region) ?? account);
}

/** Every simulated account as it is in this one's region, this one first. */
export function accountsInRegion(account: AccountState): readonly AccountState[] {
  const { accountIds, find } = account.accounts;
  const others = accountIds.filter((accountId) => accountId !== account.accountId);
  return [account, ...others.flatMap((accountId) => find(accountId, account.region) ?? [])];
}
