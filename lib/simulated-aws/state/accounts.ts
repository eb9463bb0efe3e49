import type { AccountState, Accounts } from './account-state';
import type { Propagation } from './maps/settling-map';
import { createIamState, type IamState } from './services/iam-state';
import { createKmsState } from './services/kms-state';
import { createRolesAnywhereState } from './services/roles-anywhere-state';
import { createS3State } from './services/s3-state';

export interface AccountsOptions {
  readonly accountIds: readonly string[];
  readonly regions: readonly string[];
  readonly partition: string;
  readonly now: () => Date;
  readonly randomBytes: (size: number) => Buffer;
}

/** Accounts in which nothing is yet: IAM is the account's, KMS and Roles Anywhere are the region's, and buckets are everyone's. */
export function createAccounts({ accountIds, regions, partition, now, randomBytes }: AccountsOptions): Accounts {
  const propagation: Propagation = { delayMs: 0, now };
  const s3 = createS3State(propagation);
  const states = new Map<string, AccountState>();
  const find = (accountId: string, region: string) => states.get(`${accountId} ${region}`);
  const accounts: Accounts = { accountIds, regions, signingKeys: new Map(), keep: () => undefined, find };
  const everyIam: IamState[] = [];
  for (const accountId of accountIds) {
    const iam = createIamState(propagation, everyIam);
    for (const region of regions) {
      const kms = createKmsState(propagation);
      const rolesAnywhere = createRolesAnywhereState();
      const place = { accountId, partition, region, accounts };
      states.set(`${accountId} ${region}`, { ...place, iam, kms, rolesAnywhere, s3, propagation, now, randomBytes });
    }
  }
  return accounts;
}

/** The account as it is in the region. @throws {Error} when one of them is not here */
export function requireAccount(accounts: Accounts, accountId: string, region: string): AccountState {
  const account = accounts.find(accountId, region);
  if (account === undefined) throw new Error(`there is no account '${accountId}' in '${region}'`);
  return account;
}

/** The account that requests are sent to which say nothing of one. */
export function defaultAccount(accounts: Accounts): AccountState {
  const [accountId = ''] = accounts.accountIds;
  const [region = ''] = accounts.regions;
  return requireAccount(accounts, accountId, region);
}

/** Where a request belongs: to the account of its access key, in the region that it is signed for. */
export function accountOfRequest(accounts: Accounts, accessKeyId: string, signedRegion: string): AccountState {
  const byDefault = defaultAccount(accounts);
  const region = accounts.regions.includes(signedRegion) ? signedRegion : byDefault.region;
  const owner = accounts.accountIds
    .map((accountId) => requireAccount(accounts, accountId, region))
    .find(({ iam }) => iam.accessKeys.has(accessKeyId));
  return owner ?? requireAccount(accounts, byDefault.accountId, region);
}
