import type { JsonWebKey } from 'node:crypto';
import type { WireRequest } from '../wire/message';
import type { AccountState } from './account-state';
import { createIamState, type IamState } from './iam-state';
import { createKmsState } from './kms-state';
import type { Propagation } from './propagation';
import { createS3State } from './s3-state';

/** What has to be known of a request to see what it may have changed. */
export interface KeptRequest {
  readonly service: string;
  readonly request: WireRequest;
}

/** The accounts of one simulation. They share the names of buckets, and may let each other's callers in. */
export interface Accounts {
  /** The first is the one that requests without a known access key are sent to. */
  readonly accountIds: readonly string[];
  /** The first is the one that is meant where a request names none of them. */
  readonly regions: readonly string[];
  /**
   * Makes every change last that was made so far, before anybody is told of it; nothing for accounts in memory.
   *
   * @param request what has been answered, when it was one
   */
  keep: (request?: KeptRequest) => void;
  /**
   * Public keys of OpenID Connect providers, by their URL without `https://`: what AWS gets from the network.
   * Whoever runs the simulation supplies them.
   */
  readonly signingKeys: Map<string, readonly JsonWebKey[]>;
  /** The account as it is in the region; `undefined` when one of them is not here. */
  readonly find: (accountId: string, region: string) => AccountState | undefined;
}

export interface AccountsOptions {
  readonly accountIds: readonly string[];
  readonly regions: readonly string[];
  readonly partition: string;
  readonly now: () => Date;
  readonly randomBytes: (size: number) => Buffer;
}

/** Accounts in which nothing is yet: IAM is the account's, KMS is the region's, and buckets are everyone's. */
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
      const state = { accountId, partition, region, accounts, iam, kms, s3, propagation, now, randomBytes };
      states.set(`${accountId} ${region}`, state);
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
