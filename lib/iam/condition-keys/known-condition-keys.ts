import type { ConditionKeyTable, ConditionKeyType } from './condition-key-type';
import { EC2_CONDITION_KEYS } from './ec2-condition-keys';
import { GLOBAL_CONDITION_KEYS } from './global-condition-keys';
import { IAM_CONDITION_KEYS } from './iam-condition-keys';
import { KMS_CONDITION_KEYS } from './kms-condition-keys';
import { S3_CONDITION_KEYS } from './s3-condition-keys';
import { STS_CONDITION_KEYS } from './sts-condition-keys';

const TABLES: readonly ConditionKeyTable[] = [
  GLOBAL_CONDITION_KEYS,
  S3_CONDITION_KEYS,
  KMS_CONDITION_KEYS,
  STS_CONDITION_KEYS,
  IAM_CONDITION_KEYS,
  EC2_CONDITION_KEYS,
];

interface OpenKey {
  readonly before: string;
  readonly after: string;
  readonly type: ConditionKeyType;
}

const entries = TABLES.flatMap((table) => Object.entries(table));
const EXACT_KEYS = new Map(
  entries.filter(([key]) => !key.includes('*')).map(([key, type]) => [key.toLowerCase(), type]),
);
const openKeys = entries.filter(([key]) => key.includes('*')).map(toOpenKey);

/**
 * The type of the condition key that AWS knows by this name, in any case; `undefined` for one that is not known here.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function tryFindConditionKeyType(name: string): ConditionKeyType | undefined {
  const key = name.toLowerCase();
  return EXACT_KEYS.get(key) ?? openKeys.find((open) => isNamedBy(key, open))?.type;
}

/** Services whose condition keys are all listed here, so that any other name is a misspelling. */
const LISTED_SERVICES: ReadonlySet<string> = new Set(['aws', 's3', 'kms', 'sts', 'iam', 'ec2', 'saml']);

/** Whether every key with this key's prefix is known here; keys of other services and of identity providers are not. */
export function isOfListedService(name: string): boolean {
  return LISTED_SERVICES.has(name.slice(0, name.indexOf(':')).toLowerCase());
}

function toOpenKey([key, type]: [string, ConditionKeyType]): OpenKey {
  const [before = '', after = ''] = key.toLowerCase().split('*');
  return { before, after, type };
}

function isNamedBy(key: string, { before, after }: OpenKey): boolean {
  return key.length > before.length + after.length && key.startsWith(before) && key.endsWith(after);
}
