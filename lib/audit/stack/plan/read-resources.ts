import { type Arguments, requireObject } from '../arguments';
import type { StackResource } from '../stack-document';
import { UnknownValue } from '../unknown-value';
import { asList, asObject, type Configurations } from './configurations';
import { findReference } from './references';

const KNOWN_AFTER_APPLY = 'known after apply';

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

/** Every resource that is there after the plan, with what is configured for it. */
export function readResources(changes: readonly Arguments[], configurations: Configurations): readonly StackResource[] {
  const addresses = new Set(changes.map(({ address }) => String(address)));
  return changes
    .filter(({ mode, change }) => mode !== 'data' && asObject(change).after !== null)
    .map((resource) => {
      const { address, type, change } = resource;
      const at = String(address);
      const { before, after, after_unknown: unknown } = requireObject(change, `'${at}': 'change'`);
      const reference = findReference(resource, configurations, addresses);
      const merged = asObject(merge(asObject(after), unknown, [], reference.text));
      const filledIn = FILLED_IN[String(type)] ?? [];
      const isFilledIn = (name: string) => {
        if (!filledIn.includes(name) || reference.isConfigured(name)) return false;
        return merged[name] instanceof UnknownValue || isSame(asObject(before)[name], asObject(after)[name]);
      };
      const written = Object.entries(merged).filter(([name]) => !isFilledIn(name));
      return { address: at, type: String(type), arguments: Object.fromEntries(written) };
    });
}

function isSame(before: unknown, after: unknown): boolean {
  return before !== undefined && JSON.stringify(before) === JSON.stringify(after);
}

/** The values after the plan, with unknown leaves marked. */
export function readAfter({ after, after_unknown: unknown }: Arguments): unknown {
  return merge(after, unknown, [], () => undefined);
}

type TextOf = (path: readonly (string | number)[]) => string | undefined;

/** The values of a plan, with every unknown leaf as the reference that it is, or as unknown. */
function merge(after: unknown, unknown: unknown, path: readonly (string | number)[], textOf: TextOf): unknown {
  if (unknown === true) return textOf(path) ?? new UnknownValue(KNOWN_AFTER_APPLY);
  // The provider's older resources say '' of a text that is not set.
  if (after === '') return null;
  if (typeof after === 'string') return asTemplate(after);
  if (Array.isArray(after) || (Array.isArray(unknown) && unknown.length > 0)) {
    const length = Math.max(asList(after).length, asList(unknown).length);
    return Array.from({ length }, (_, index) =>
      merge(asList(after)[index], asList(unknown)[index], [...path, index], textOf),
    );
  }
  if (typeof after === 'object' && after !== null) {
    const names = [...new Set([...Object.keys(after), ...Object.keys(asObject(unknown))])];
    const entries = names.map((name) => [
      name,
      merge(asObject(after)[name], asObject(unknown)[name], [...path, name], textOf),
    ]);
    return Object.fromEntries(entries);
  }
  return after;
}

/** In a plan text stands as it is; here it is written as a template. */
function asTemplate(text: string): string {
  return text.replaceAll('${', () => '$${').replaceAll('%{', () => '%%{');
}
