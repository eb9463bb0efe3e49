import { ACCOUNT_ID, accountOf } from '../arn';
import type { Environment } from '../config/environment';
import { partitionOf, regionRule } from '../config/partition';
import { UsageError } from '../errors';
import { roleArn } from '../policy/resource-names';

/** The accounts and regions of a simulation; the first of each is its default. */
export interface Places {
  readonly accountIds: readonly string[];
  readonly regions: readonly string[];
  readonly partition: string;
}

const DEFAULT_ACCOUNT = '111122223333';
const DEFAULT_REGION = 'us-east-1';

/**
 * The accounts and regions that were named, and those of the environments. Pure.
 *
 * @throws {UsageError} `BadArguments` for what is no account or region, or for regions of several partitions
 */
export function choosePlaces(
  named: { readonly account: readonly string[]; readonly region: readonly string[] },
  environments: readonly Environment[],
): Places {
  const needed = [...environments.map(({ account }) => account), ...environments.map(ownerOfRole)];
  const accountIds = distinct([...named.account, ...needed], DEFAULT_ACCOUNT);
  const regions = distinct([...named.region, ...environments.map(({ region }) => region)], DEFAULT_REGION);
  const strange = accountIds.find((accountId) => !ACCOUNT_ID.test(accountId));
  if (strange !== undefined) throw badArgument('--account', 'must be an account of 12 digits', strange);
  const partitions = distinct(regions.map(requirePartition), '');
  const [partition = '', ...others] = partitions;
  if (others.length > 0) throw badArgument('--region', 'must name regions of one partition', partitions.join(', '));
  return { accountIds, regions, partition };
}

/** The role of a host may be of another account than the bucket. */
function ownerOfRole(environment: Environment): string {
  return accountOf(roleArn(environment));
}

function distinct(values: readonly string[], byDefault: string): readonly string[] {
  return values.length === 0 ? [byDefault] : [...new Set(values)];
}

function requirePartition(region: string): string {
  const partition = partitionOf(region);
  if (partition === undefined) throw badArgument('--region', regionRule(region), region);
  return partition;
}

function badArgument(name: string, rule: string, received: string): UsageError {
  return new UsageError('BadArguments', `'${name}' ${rule}, got: ${received}`);
}
