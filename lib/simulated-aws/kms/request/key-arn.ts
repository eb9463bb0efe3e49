import type { AccountState } from '../../state/account-state';
import type { KmsKey } from '../../state/services/kms-state';

type Location = Pick<AccountState, 'partition' | 'region' | 'accountId'>;

/** A KMS ARN taken apart; `resource` is `key/<id>` or `alias/<name>`. */
export interface KmsArn {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly resource: string;
}

const KMS_ARN = /^arn:([^:]+):kms:([^:]+):(\d{12}):((?:key|alias)\/.+)$/;

export function keyArn(location: Location, keyId: string): string {
  return kmsResourceArn(location, `key/${keyId}`);
}

/** @param aliasName with its `alias/` prefix */
export function aliasArn(location: Location, aliasName: string): string {
  return kmsResourceArn(location, aliasName);
}

/** The parts of a KMS key ARN or alias ARN, or `undefined` when the text is neither. */
export function parseKmsArn(text: string): KmsArn | undefined {
  const [, partition, region, accountId, resource] = KMS_ARN.exec(text) ?? [];
  return partition && region && accountId && resource ? { partition, region, accountId, resource } : undefined;
}

function kmsResourceArn(location: Location, resource: string): string {
  return `arn:${location.partition}:kms:${location.region}:${location.accountId}:${resource}`;
}

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
