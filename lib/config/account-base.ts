import { ACCOUNT_ID } from '../arn';
import { ToolkitError } from '../errors';
import type { Environment } from './environment';
import { type Partition, partitionOf, regionRule } from './partition';

/** The base that the environments of one account and region share: a bucket for their access logs. */
export interface AccountBase {
  /** Name of its stack. */
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly partition: Partition;
  /** The bucket that takes the logs. */
  readonly bucket: string;
  /** The buckets that log to it, in order. */
  readonly sources: readonly string[];
  /** Where the environments that log to it keep their state; a local file where none says. */
  readonly state?: Environment['state'];
}

const PREFIX = 'account-base-';

/** The account and region of a base. */
export type AccountPlace = Pick<AccountBase, 'account' | 'region'>;

export function accountBaseName({ account, region }: AccountPlace): string {
  return `${PREFIX}${account}-${region}`;
}

export function isAccountBaseName(name: string): boolean {
  return name.startsWith(PREFIX);
}

/** The bucket that an account base makes: an environment logs to it by naming it in `accessLog.bucket`. */
export function logBucketName({ account, region }: AccountPlace): string {
  return `vault-access-logs-${account}-${region}`;
}

/** @throws {ToolkitError} `BadAccountBase`, for what is no account or no region */
export function requireAccountPlace([account = '', region = '']: readonly string[]): AccountPlace {
  if (!ACCOUNT_ID.test(account)) throw badBase("must begin with the account's 12 digits", account);
  if (partitionOf(region) === undefined) throw badBase(regionRule(region), region);
  return { account, region };
}

/**
 * The base of an account and region, for the environments that log to it.
 *
 * @param environments - all of the folder: whoever is left out cannot log any more
 * @throws {ToolkitError} `BadAccountBase`, where none logs to it
 */
export function accountBaseOf(place: AccountPlace, environments: readonly Environment[]): AccountBase {
  const { account, region } = requireAccountPlace([place.account, place.region]);
  const bucket = logBucketName(place);
  const logging = environments.filter((one) => isLoggingTo(one, { account, region, bucket }));
  const [first] = logging;
  if (first === undefined)
    throw badBase(`must have an environment of ${account} in ${region} with accessLog.bucket: ${bucket}`, 'none');
  const state = sharedState(logging);
  return {
    name: accountBaseName(place),
    ...{ account, region, bucket },
    partition: first.partition,
    sources: logging.map((one) => one.bucket).sort(),
    ...(state && { state }),
  };
}

function isLoggingTo(
  { account, region, accessLog }: Environment,
  base: Pick<AccountBase, 'account' | 'region' | 'bucket'>,
): boolean {
  return account === base.account && region === base.region && accessLog?.bucket === base.bucket;
}

/** The one place of all; a whole key and a workspace belong to one environment. */
function sharedState(environments: readonly Environment[]): Environment['state'] {
  const [first, ...others] = environments.map(({ state }) => {
    const { key: _key, ...s3 } = state?.s3 ?? { bucket: '' };
    const { workspace: _workspace, ...cloud } = state?.cloud ?? { organization: '' };
    return state && { ...(state.s3 && { s3 }), ...(state.cloud && { cloud }) };
  });
  if (others.some((one) => JSON.stringify(one) !== JSON.stringify(first)))
    throw badBase('must have environments that keep their state in one place', 'several, or some without state');
  return first;
}

function badBase(rule: string, received: string): ToolkitError {
  return new ToolkitError(
    'BadAccountBase',
    `'--account-base' ${rule}, got: ${received}\nAs in --account-base 111122223333 us-east-2`,
  );
}
