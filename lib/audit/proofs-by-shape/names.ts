import { ACCOUNT_ID } from '../../arn';
import type { Catalogue } from '../../catalogue';
import { partitionOf } from '../../config/partition';
import { onceForEach } from '../once-for-each';
import type { EnvironmentPolicies } from '../policies/environment-policies';

/** The names of one environment, each beside the placeholder that stands for it; equal names share one. */
export type Names = ReadonlyMap<string, string>;

const PLACEHOLDERS = {
  account: '409318275640',
  bucket: 'placeholder-b7q2x9',
  key: '5c1e70b3-4d92-4f6a-8e05-b7d3a9c2f164',
  role: 'placeholder-r4k8w1',
} as const;

/** Such a name is one whole segment wherever an ARN holds it, and stays as it is in the id of a claim. */
const NAME = /^[a-z0-9.-]{3,}$/;

/** Names that the proof itself writes into resources, callers and circumstances. */
const WRITTEN: ReadonlySet<string> = new Set([
  ...['999999999999', '888888888888', '000000000000', '99999999-9999-4999-8999-999999999999'],
  ...[
    'administrator',
    'proof',
    'named-by-id',
    'federated-user',
    'other-bucket',
    'example',
    'something-else',
    'accounts.csv.gz',
    'org',
    'probe',
  ],
  ...['vault-env-verification', 'vault-env-verificationx', 'run-1', 'result.csv', 'anonymous', 'assumed-role', 'arn'],
]);

/** The fixed words of ARNs, as in `role` and `instance-profile`. */
const wordsOfArns = onceForEach(({ summary }: Catalogue) => new Set(summary.arnWords));

/**
 * The names of an environment's account, bucket, key and role; `undefined` where one of them could be taken for
 * something else, so that a placeholder would not mean the same.
 */
export function namesOf(policies: EnvironmentPolicies, catalogue: Catalogue): Names | undefined {
  const { account, bucket, key, formerKeys, role, partition, region, declared } = policies;
  const keyId = key?.arn.split('/').at(-1) ?? '';
  const roleName = role.arn.split('/').at(-1) ?? '';
  const isUsual =
    formerKeys.length + (declared.formerKeyArns ?? []).length === 0 &&
    ACCOUNT_ID.test(account) &&
    bucket.arn === `arn:${partition}:s3:::${bucket.name}` &&
    role.arn.startsWith(`arn:${partition}:iam::${account}:role/`) &&
    (key === undefined || key.arn === `arn:${partition}:kms:${region}:${account}:key/${keyId}`);
  const given: readonly (readonly [string, string])[] = [
    [account, PLACEHOLDERS.account],
    [bucket.name, PLACEHOLDERS.bucket],
    ...(key ? [[keyId, PLACEHOLDERS.key] as const] : []),
    [roleName, PLACEHOLDERS.role],
  ];
  const names = given.map(([name]) => name);
  const taken = new Set([partition, region, ...names.map((name) => `${name}-copy`)]);
  const isPlain = (name: string) =>
    NAME.test(name) &&
    partitionOf(name) === undefined &&
    !taken.has(name) &&
    !WRITTEN.has(name) &&
    !wordsOfArns(catalogue).has(name);
  // The first placeholder wins among equal names: a map keeps the last entry.
  const isMeantElsewhere = isPlaceholderIn(JSON.stringify(policies));
  return isUsual && names.every(isPlain) && !isMeantElsewhere ? new Map([...given].reverse()) : undefined;
}

function isPlaceholderIn(text: string): boolean {
  return Object.values(PLACEHOLDERS).some((placeholder) => text.includes(placeholder));
}
