import type { CatalogueAction } from '../../catalogue';
import { type EnvironmentPolicies, foreignRoleAccount } from '../policies/environment-policies';
import { foreignAccountOf, otherKeyArn, otherRegionOf } from './foreign';
import { allStatements, arnsOf } from './witnesses';

/** The part that a resource plays in the environment. */
export type Shape =
  | 'the bucket'
  | 'backups'
  | 'probes'
  | 'search results'
  | 'the key'
  | 'a former key'
  | 'the role'
  | 'no resource'
  | 'anything else';

/** Whether it is a key of the environment, in use or former. */
export function isKey(shape: Shape): boolean {
  return shape === 'the key' || shape === 'a former key';
}

/** A resource to ask about. */
export interface Sample {
  readonly arn: string;
  readonly shape: Shape;
  /** Whether it belongs to another account. */
  readonly isForeign: boolean;
}

/** Prefix of everything that verification writes, and of what Vault's search writes. */
const PREFIXES = [
  { prefix: 'vault-env-verification/', shape: 'probes' },
  { prefix: 'AdvancedSearch/', shape: 'search results' },
] as const;

/** Keys that differ in first letter, depth, ending and alphabet, and that come close to the prefixes. */
const OBJECT_KEYS = [
  'org/accounts.csv.gz',
  '0',
  'Z/ünï code/ .json',
  'vault-env-verification',
  'vault-env-verificationx/probe',
  'AdvancedSearch',
  'vault-env-verification/run-1/probe',
  'vault-env-verification/0',
  'AdvancedSearch/result.csv',
  'AdvancedSearch/z/0',
];

const NO_RESOURCE: Sample = { arn: '*', shape: 'no resource', isForeign: false };

/** Finds the resources to ask about, by the resource types that an action takes. */
export function samplesBy(policies: EnvironmentPolicies): (action: CatalogueAction) => readonly Sample[] {
  const samples = uniqueSamples([...fixedSamples(policies), ...witnesses(policies)]);
  const byPattern = new Map<string, readonly Sample[]>();
  const samplesOf = (arnPattern: string): readonly Sample[] => {
    const known = byPattern.get(arnPattern);
    if (known !== undefined) return known;
    const form = formOf(arnPattern);
    const fitting = samples.filter(({ arn }) => form.test(arn));
    const found = fitting.length > 0 ? fitting : [genericSample(arnPattern, policies)];
    byPattern.set(arnPattern, found);
    return found;
  };
  return ({ resourceTypes }) =>
    resourceTypes.length === 0 ? [NO_RESOURCE] : resourceTypes.flatMap(({ arnPattern }) => samplesOf(arnPattern));
}

function fixedSamples(policies: EnvironmentPolicies): readonly Sample[] {
  const { bucket, key, formerKeys, role, account, region } = policies;
  const own = [
    bucket.arn,
    ...OBJECT_KEYS.map((name) => `${bucket.arn}/${name}`),
    ...(key ? [key.arn] : []),
    ...formerKeys.map(({ arn }) => arn),
    role.arn,
    otherKeyArn(policies, { account, region }),
    otherKeyArn(policies, { account, region: otherRegionOf(policies) }),
    `${role.arn}-copy`,
  ].map((arn) => sampleOf(arn, policies));
  const buckets = [`${bucket.arn}-copy`, bucket.arn.replace(/:::.*/, ':::other-bucket')];
  const either = buckets.flatMap((arn) => [arn, `${arn}/org/accounts.csv.gz`, `${arn}/AdvancedSearch/result.csv`]);
  return [
    ...own,
    ...either.flatMap((arn) => bothOwners(arn, policies)),
    {
      arn: otherKeyArn(policies, { account: foreignAccountOf(policies), region }),
      shape: 'anything else',
      isForeign: true,
    },
    { arn: roleOfAnotherAccount(policies), shape: 'anything else', isForeign: true },
  ];
}

function roleOfAnotherAccount(policies: EnvironmentPolicies): string {
  const { role, account } = policies;
  return role.arn.replace(foreignRoleAccount(policies) ?? account, foreignAccountOf(policies));
}

/** Resources that fit what the policies say: a widened or narrowed pattern shows in one of them. */
function witnesses(policies: EnvironmentPolicies): readonly Sample[] {
  const patterns = allStatements(policies).flatMap(({ resources }) => resources?.patterns ?? []);
  return patterns.flatMap((pattern) => arnsOf(pattern, policies)).flatMap((arn) => bothOwners(arn, policies));
}

/** An ARN of S3 names no account, so it is tried as one's own and as another's. */
function bothOwners(arn: string, policies: EnvironmentPolicies): readonly Sample[] {
  const sample = sampleOf(arn, policies);
  const isOpen = arn.startsWith(`arn:${policies.partition}:s3:::`) && sample.shape === 'anything else';
  return isOpen ? [sample, { ...sample, isForeign: true }] : [sample];
}

function sampleOf(arn: string, policies: EnvironmentPolicies): Sample {
  const [, , , , account = ''] = arn.split(':');
  return { arn, shape: shapeOf(arn, policies), isForeign: account !== '' && account !== policies.account };
}

function shapeOf(arn: string, { bucket, key, formerKeys, role }: EnvironmentPolicies): Shape {
  if (arn === bucket.arn) return 'the bucket';
  if (arn === key?.arn) return 'the key';
  if (formerKeys.some((former) => former.arn === arn)) return 'a former key';
  if (arn === role.arn) return 'the role';
  if (!arn.startsWith(`${bucket.arn}/`) || arn === `${bucket.arn}/`) return 'anything else';
  const name = arn.slice(bucket.arn.length + 1);
  return PREFIXES.find(({ prefix }) => name.startsWith(prefix))?.shape ?? 'backups';
}

function uniqueSamples(samples: readonly Sample[]): readonly Sample[] {
  return [...new Map(samples.map((sample) => [`${sample.arn} ${sample.isForeign}`, sample])).values()];
}

/** The ARNs of a resource type; only the last part of an ARN, when it is a name with a path, may hold slashes. */
function formOf(arnPattern: string): RegExp {
  const form = knownForms.get(arnPattern) ?? compileForm(arnPattern);
  knownForms.set(arnPattern, form);
  return form;
}

/** As many as the catalogue has types of resources. */
const knownForms = new Map<string, RegExp>();

function compileForm(arnPattern: string): RegExp {
  const parts = arnPattern.split(/(\$\{[^}]*\}|\*)/).map((part) => {
    if (part.startsWith('${')) return /Path|ObjectName/.test(part) ? '.+' : '[^:/]*';
    return part === '*' ? '.*' : part.replaceAll(/[.\\+^$()|[\]{}?]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`);
}

function genericSample(arnPattern: string, { partition, region, account }: EnvironmentPolicies): Sample {
  const values: Readonly<Record<string, string>> = { Partition: partition, Region: region, Account: account };
  const arn = arnPattern
    .replaceAll(/\$\{([^}]*)\}/g, (_, name: string) => values[name] ?? 'example')
    .replaceAll('*', 'example');
  return { arn, shape: 'anything else', isForeign: false };
}
