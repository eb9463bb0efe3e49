import type { Presentation } from '../wire/signature/presented-signature';
import { scopeOf } from '../wire/signature/read-presentation';
import type { AccountState, Accounts } from './account-state';
import type { Propagation } from './maps/settling-map';
import { createIamState, type IamState } from './services/iam-state';
import { createKmsState } from './services/kms-state';
import { createRolesAnywhereState } from './services/roles-anywhere-state';
import { createS3State } from './services/s3-state';

interface AccountsOptions {
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

/**
 * The region in which each partition keeps IAM, and the endpoint of STS that is not bound to a region.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/iam-service.html
 */
const GLOBAL_REGIONS: Readonly<Record<string, string>> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiRegionAccessPointRestrictions.html */
const MULTI_REGION_HOME = 'us-west-2';
const MULTI_REGION_PATH = /^\/v20180820\/mrap\//;

type Place = Pick<AccountState, 'partition' | 'region' | 'accounts'>;

/** The region of the partition's global services. */
function globalRegion({ partition }: Pick<AccountState, 'partition'>): string {
  return GLOBAL_REGIONS[partition] ?? 'us-east-1';
}

/**
 * The regions that a request to the service may be signed for, the one that is expected first.
 *
 * Every region is served at the same endpoint. IAM takes them all as well: a client whose endpoint is configured, as every
 * client of this account's is, no longer knows that IAM is signed for one region of the partition. Multi-Region Access
 * Points are kept in one region, whichever the account has here.
 */
export function acceptedRegions(place: Place, service: string, path: string): readonly string[] {
  const { regions } = place.accounts;
  if (service === 's3' && MULTI_REGION_PATH.test(path)) return [MULTI_REGION_HOME, ...regions];
  if (service === 'iam') {
    return [globalRegion(place), ...regions];
  }
  return service === 'sts' ? [...regions, globalRegion(place)] : regions;
}

/**
 * The region of the endpoint that a request was sent to. Requests to IAM are always sent to its one region.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requestedregion
 */
export function requestedRegion(
  place: Place,
  { serviceName, presentation }: { readonly serviceName: string; readonly presentation: Presentation },
): string {
  if (serviceName === 'iam') {
    return globalRegion(place);
  }
  return scopeOf(presentation)?.region ?? place.region;
}
