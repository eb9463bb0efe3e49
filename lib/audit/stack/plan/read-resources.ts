import { type Arguments, requireObject } from '../arguments';
import type { StackResource } from '../stack-document';
import { UnknownValue } from '../unknown-value';
import { asObject, type Configurations } from './configurations';
import { followIn } from './follow-references';
import { mergeUnknown } from './planned-values';
import { documentsIn } from './policy-documents';
import { reachIn } from './reach';
import { findReference, type PlanReading } from './references';

/** Values that the provider fills in by itself; so where nothing is configured, nothing was set. */
const FILLED_IN: Readonly<Record<string, readonly string[]>> = {
  aws_iam_role: ['inline_policy', 'managed_policy_arns'],
  aws_kms_key: ['policy', 'multi_region', 'rotation_period_in_days'],
  aws_s3_bucket: [
    'acceleration_status',
    'acl',
    'cors_rule',
    'grant',
    'lifecycle_rule',
    'logging',
    'object_lock_configuration',
    'object_lock_enabled',
    'policy',
    'region',
    'replication_configuration',
    'request_payer',
    'server_side_encryption_configuration',
    'versioning',
    'website',
  ],
};

/** Attributes that the provider adds to a resource's state and other resources make: policies of a role, settings of a bucket. */
export function isNotSet(type: string, argument: string): boolean {
  return type !== 'aws_kms_key' && (FILLED_IN[type] ?? []).includes(argument);
}

/**
 * Every resource that is there after the plan, with what is configured for it.
 *
 * @param read - data sources that the plan has asked already
 */
export function readResources(
  changes: readonly Arguments[],
  read: readonly Arguments[],
  configurations: Configurations,
): readonly StackResource[] {
  const reading = readingOf(changes, read, configurations);
  return changes
    .filter(({ mode, change }) => mode !== 'data' && asObject(change).after !== null)
    .map((resource) => {
      const { address, type, change } = resource;
      const at = String(address);
      const { before, after, after_unknown: unknown } = requireObject(change, `'${at}': 'change'`);
      const reference = findReference(resource, reading);
      const merged = asObject(mergeUnknown(asObject(after), unknown, [], reference.text));
      const filledIn = FILLED_IN[String(type)] ?? [];
      const isFilledIn = (name: string) => {
        if (!filledIn.includes(name) || reference.isConfigured(name)) return false;
        return merged[name] instanceof UnknownValue || isSame(asObject(before)[name], asObject(after)[name]);
      };
      const written = Object.entries(merged).filter(([name]) => !isFilledIn(name));
      const { assumed } = reference;
      return {
        address: at,
        type: String(type),
        arguments: Object.fromEntries(written),
        ...(Object.keys(assumed).length > 0 && { assumed }),
      };
    });
}

function readingOf(
  changes: readonly Arguments[],
  read: readonly Arguments[],
  configurations: Configurations,
): PlanReading {
  const planned = new Map(
    [...changes.map(plannedOf), ...read.map(({ address, values }) => [address, values])].map(
      ([address, values]) => [String(address), asObject(values)] as const,
    ),
  );
  const follow = followIn(planned);
  const soleWithin = reachIn(planned, follow);
  return {
    configurations,
    follow,
    soleWithin,
    document: documentsIn({ changes, read, configurations, follow, soleWithin }),
  };
}

/** Address of a resource, and its values after the plan. */
function plannedOf({ address, change }: Arguments): readonly [unknown, unknown] {
  return [address, asObject(change).after];
}

function isSame(before: unknown, after: unknown): boolean {
  return before !== undefined && JSON.stringify(before) === JSON.stringify(after);
}
